-- Phones get no certificate when no issuer key lives long enough to sign it: the office hears of that end in time.

alter table payment_codes.alarm drop constraint alarm_kind,
  add constraint alarm_kind check (kind in ('phone_cloned', 'code_guessed', 'terminal_paused', 'codes_failing',
    'code_doubled', 'records_broken', 'code_replayed', 'issuer_key_ends'));

-- So many days before its end the office was last told.
alter table payment_codes.issuer_key add column warned_days int;
