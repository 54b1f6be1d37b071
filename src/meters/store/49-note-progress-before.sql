-- The call that notes what a device said, as it was before it kept the device's signature: nobody may call it any more.
drop function if exists meters.note_progress(bigint, int, uuid, uuid, int, bigint, boolean, timestamptz);
