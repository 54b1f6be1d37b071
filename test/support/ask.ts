/** One request to the service as a program or a browser sends it, and what came back. */
export type Question = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly token?: string;
  readonly cookie?: string;
  readonly origin?: string;
  /** Where it seems to come from. */
  readonly address?: string;
  readonly body?: Record<string, unknown>;
};

export type Answer = {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly code?: string };
  readonly headers: Headers;
};

export async function ask(url: string, question: Question = {}): Promise<Answer> {
  const { method = 'GET', token, cookie, origin, address, body } = question;
  const headers = {
    ...(address === undefined ? {} : { 'x-forwarded-for': address }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(cookie === undefined ? {} : { cookie }),
    ...(origin === undefined ? {} : { origin }),
  };
  const response = await fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: (text === '' ? {} : JSON.parse(text)) as Answer['body'],
    headers: response.headers,
  };
}
