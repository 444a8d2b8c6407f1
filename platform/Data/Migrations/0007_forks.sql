-- A task may begin from the state that another one had after one of its calls. What it inherits are rows of its own: nothing of them is lost when the other task is deleted.
ALTER TABLE navi.tasks
  -- No foreign key: where a task came from stays true when the other one is gone.
  ADD COLUMN forked_from uuid,
  -- The last call that it inherits; null when it begins with the other task's workspace alone.
  ADD COLUMN forked_after text,
  -- The commit that its own work starts from: the other task's after that call.
  ADD COLUMN fork_head text,
  -- Turns below this one were made by the task that it was forked from.
  ADD COLUMN first_turn integer NOT NULL DEFAULT 0 CHECK (first_turn >= 0),
  ADD CHECK ((forked_from IS NULL) = (fork_head IS NULL)),
  ADD CHECK (forked_from IS NOT NULL OR forked_after IS NULL),
  ADD CHECK ((first_turn = 0) = (forked_after IS NULL));

ALTER TABLE navi.tool_calls
  -- Made and paid for by the task that this one was forked from; it is never run here.
  ADD COLUMN inherited boolean NOT NULL DEFAULT false,
  -- What people had decided about an inherited call, for the record alone: its gate is the other task's and opens nothing here.
  ADD COLUMN decisions jsonb,
  ADD CHECK (NOT inherited OR status IN ('done', 'rejected')),
  ADD CHECK (NOT inherited OR checkpoint_id IS NULL),
  ADD CHECK (inherited OR decisions IS NULL);
