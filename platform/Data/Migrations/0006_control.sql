-- A suspended task begins nothing new; its time and its gates' time stand still until it is resumed.
ALTER TABLE navi.tasks
  ADD COLUMN suspended_at timestamptz,
  ADD COLUMN suspended_by text,
  -- The orchestration waits for the message that ends the suspension.
  ADD COLUMN parked boolean NOT NULL DEFAULT false,
  ADD CHECK ((suspended_at IS NULL) = (suspended_by IS NULL)),
  ADD CHECK (suspended_at IS NULL OR (status <> 'finished' AND cancel_requested_at IS NULL));

ALTER TABLE navi.checkpoints ADD COLUMN suspended_at timestamptz;
