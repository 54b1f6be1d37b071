/** The first students' WeChat, as the local fake plays it: bound to their cards, with a few receipts allowed. */
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BindWechat } from '../../src/cardholders/bind-wechat.js';
import { FindCardholder } from '../../src/cardholders/find-cardholder.js';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { inTransaction } from '../../src/platform/database/transaction.js';

/** One accept is one message; ten let a visitor try a while. */
const acceptedReceipts = 10;

const openidOf = (number: string): string => `oDemoCampusStudent0${number}`;

async function pull(config: AppConfig, lever: string, body: object): Promise<void> {
  const answer = await fetch(`${config.WECHAT_API_URL}/__fake/${lever}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`The simulated WeChat refused ${lever}: ${await answer.text()}`);
}

/** Makes the student a WeChat user and binds it to the cardholder. */
export async function bindWechat(
  campus: INestApplicationContext,
  config: AppConfig,
  number: string,
): Promise<void> {
  if (config.WECHAT_API_URL === undefined) return;
  const openid = openidOf(number);
  await pull(config, 'login', { openid });
  const { id } = await campus.get(FindCardholder).byNumber(number);
  await inTransaction(campus.get(DataSource), (tx) =>
    campus.get(BindWechat).bind(tx, id, { openid }),
  );
}

/** Lets the student tap "accept" as often as a visitor may want to see a receipt in WeChat. */
export async function acceptReceipts(config: AppConfig, number: string): Promise<void> {
  if (config.WECHAT_API_URL === undefined) return;
  for (let tap = 0; tap < acceptedReceipts; tap += 1)
    await pull(config, 'tap', {
      openid: openidOf(number),
      templates: [config.WECHAT_RECEIPT_TEMPLATE],
      choice: 'accept',
    });
}

/** Where the fake shows the student's service notifications. */
export const wechatPhone = (config: AppConfig, number: string): string =>
  `${config.WECHAT_API_URL}/__fake/phone/${openidOf(number)}`;
