-- More to look at: a phone that signed two codes under one counter, records of a terminal that do not follow one another, and
-- a code that came from two terminals.

alter table payment_codes.alarm drop constraint alarm_kind,
  add constraint alarm_kind check (kind in ('phone_cloned', 'code_guessed', 'terminal_paused', 'codes_failing',
    'code_doubled', 'records_broken', 'code_replayed'));
