-- Six digits by which the owner of a card says yes. Only a hash rests here. `tries` counts a try before it is judged, so that
-- a burst of parallel guesses gets no more of them than a slow one; `tried_for` is what the newest try was for: a request
-- that is sent again is no second try.
create table cards.payment_pin (
  card bigint constraint payment_pin_pkey primary key constraint payment_pin_card_fkey references cards.card (id),
  hash text not null,
  tries int not null default 0 constraint payment_pin_tries_not_negative check (tries >= 0),
  locked_until timestamptz,
  tried_for text,
  set_at timestamptz not null default platform.now()
);
grant select, insert, update on cards.payment_pin to campus_app;
