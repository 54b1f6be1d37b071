import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindCardholder } from '../../src/cardholders/find-cardholder.js';
import { IssueEnrolmentLink } from '../../src/cardholders/issue-enrolment-link.js';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { RegisterTerminal } from '../../src/terminals/register-terminal.js';

export type Link = { readonly label: string; readonly url: string };

/** A one-time link that binds a phone to the student's card. */
export async function phoneLink(campus: INestApplicationContext, number: string): Promise<Link> {
  const student = await campus.get(FindCardholder).byNumber(number);
  const { url } = await campus.get(IssueEnrolmentLink).issue(student.id, 'enrolment');
  return { label: `${student.name} ${student.number}`, url };
}

/** A one-time link that makes a browser the till of this code. */
export async function tillLink(
  campus: INestApplicationContext,
  config: AppConfig,
  code: string,
): Promise<Link> {
  const [till] = await campus
    .get(DataSource)
    .query<{ id: string; name_zh: string }[]>(
      'select id, name_zh from terminals.terminal where code = $1',
      [code],
    );
  if (till === undefined) throw new Error(`No till has the code ${code}.`);
  const issued = await campus.get(RegisterTerminal).issueEnrolmentCode(BigInt(till.id));
  const fragment = new URLSearchParams({ code: issued.code, name: config.SERVICE_NAME });
  return {
    label: `${till.name_zh} ${code}`,
    url: `${config.origins[0]}/till#${fragment.toString()}`,
  };
}
