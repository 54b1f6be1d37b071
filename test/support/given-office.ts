/** Somebody of the office who is logged in, without passwords: for tests of what the office does. */
import { CreateStaffMember } from '../../src/staff/create-staff-member.js';
import { LoginsStore } from '../../src/staff/store/logins.store.js';
import { ask, type Answer } from './ask.js';
import type { TestService } from './service.js';

export type Colleague = {
  readonly id: bigint;
  get(path: string): Promise<Answer>;
  post(path: string, body?: Record<string, unknown>): Promise<Answer>;
  put(path: string, body: Record<string, unknown>): Promise<Answer>;
  patch(path: string, body: Record<string, unknown>): Promise<Answer>;
  delete(path: string): Promise<Answer>;
};

/** @param roles such as `administrator`, `cashier-office`, `auditor` */
export async function givenColleague(
  service: TestService,
  name: string,
  roles: readonly string[],
): Promise<Colleague> {
  const { id } = await service.inTransaction((tx) =>
    service.get(CreateStaffMember).create(tx, {
      name,
      displayName: name,
      roles,
      password: 'seven lamps in a row',
      createdBy: null,
    }),
  );
  // A login of its own for each call: the test may let days pass in between.
  const logIn = () => service.inTransaction((tx) => service.get(LoginsStore).open(tx, id));
  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: Record<string, unknown>,
  ): Promise<Answer> => {
    const { token } = await logIn();
    return ask(`${service.url}/v1/staff/${path}`, {
      method,
      token,
      ...(body === undefined ? {} : { body }),
    });
  };
  return {
    id,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
    delete: (path) => call('DELETE', path),
  };
}
