/** What goes wrong when somebody signs for the first time, each with what to do about it. */
export const signingMistakes = {
  authority_is_host: {
    zh: '@authority 写成了 Host，应写终端设置里的服务名',
    en: '@authority was the Host header; sign the service name from the settings',
  },
  digest_of_other_bytes: {
    zh: 'Content-Digest 对应的是重新序列化的 JSON；请对实际发送的字节求摘要',
    en: 'Content-Digest is of JSON that was written again; hash the very bytes that are sent',
  },
  digest_of_hex: {
    zh: 'Content-Digest 里是十六进制文本；请对 32 个原始字节做 base64',
    en: 'Content-Digest holds hexadecimal; encode the 32 raw bytes in base64',
  },
  digest_wrong: {
    zh: 'Content-Digest 与收到的字节不符；途中或签名后请求体被改动',
    en: 'Content-Digest is not of the bytes that arrived; the body was changed after it was signed',
  },
  created_in_milliseconds: {
    zh: 'created 用了毫秒，应为 unix 秒',
    en: 'created is in milliseconds; it is unix seconds',
  },
  created_in_local_time: {
    zh: 'created 差了整时区；请用 UTC 的 unix 秒',
    en: 'created is off by a time zone; take unix seconds in UTC',
  },
  clock_off: {
    zh: '终端时钟与服务相差超过 60 秒；请从应答的 created 校时',
    en: "The clock is more than 60 s from the service's; set it by `created` of the answer",
  },
  signature_is_der: {
    zh: 'ECDSA 签名是 DER 编码，应为 64 字节的 r‖s',
    en: 'The ECDSA signature is DER; send the 64 bytes r ‖ s',
  },
  signature_in_base64url: {
    zh: '签名用了 base64url，应为标准 base64（含填充）',
    en: 'The signature is in base64url; write it in base64 with its padding',
  },
  components_in_other_order: {
    zh: '组件顺序不对，请按 R7 的顺序',
    en: 'The components stand in another order than R7 says',
  },
  components_differ: {
    zh: '签名覆盖的组件与 R7 不同',
    en: 'Other components are covered than R7 says',
  },
  line_feed_at_the_end: {
    zh: '签名基串末行之后多了换行',
    en: 'The base ends with a line feed; there is none after its last line',
  },
  lines_end_in_crlf: {
    zh: '签名基串用了 CRLF 换行，应为单个 LF',
    en: 'The lines of the base end in CRLF; join them by a single LF',
  },
  query_left_empty: {
    zh: '没有查询串时 @query 的值是 ?',
    en: '@query is `?` when there is no query, not empty',
  },
  method_in_lower_case: {
    zh: '@method 应为大写',
    en: '@method is written in capitals',
  },
  label_in_parameters: {
    zh: '@signature-params 行不含标签 cp=',
    en: 'The line @signature-params has no label cp= in it',
  },
  hashed_before_signing: {
    zh: '先求了哈希再签名；请直接对签名基串签名',
    en: 'The base was hashed before it was signed; sign the base itself',
  },
  other_key_of_terminal: {
    zh: '用了本终端另一把密钥签名，keyid 与密钥不匹配',
    en: 'Another key of this terminal signed; keyid and key do not belong together',
  },
  form_wrong: {
    zh: 'Signature-Input 或 Signature 的写法不合规则，见 detail 与 R10',
    en: 'Signature-Input or Signature is not written as R10 says; see the detail',
  },
  not_signed: {
    zh: '请求没有签名',
    en: 'The request carries no signature',
  },
  unknown: {
    zh: '签名与此密钥不符；请逐行比较签名基串，再确认密钥就是登记的那一把',
    en: 'The key did not make this signature; compare the base line by line, then check that the key is the enrolled one',
  },
} as const;

export type SigningMistake = keyof typeof signingMistakes;
