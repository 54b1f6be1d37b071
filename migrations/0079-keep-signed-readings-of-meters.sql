-- The last report of each session as its device signed it: whoever paid can show what the device said.

alter table meters.session add column last_key text;
-- What was signed, byte by byte (RFC 9421), the signature over it, and the body whose digest it names.
alter table meters.session add column last_base bytea;
alter table meters.session add column last_signature bytea;
alter table meters.session add column last_body bytea;
alter table meters.session add constraint session_signed_whole
  check ((last_key is null) = (last_base is null) and (last_key is null) = (last_signature is null) and (last_key is null) = (last_body is null));
