-- What a model was shown in each turn, and the summaries that stand for the beginning of long conversations.
SET LOCAL ROLE navi_owner;

-- What was mended in the arguments of a call before they were checked; null for arguments that came as they should.
ALTER TABLE navi.tool_calls ADD COLUMN repair text;

CREATE TABLE navi.model_turns (
  org_id text NOT NULL,
  task_id uuid NOT NULL REFERENCES navi.tasks ON DELETE CASCADE,
  turn integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  model text,
  finish_reason text,
  -- Our count of the prompt, before any factor, and the provider's.
  estimated_tokens integer NOT NULL,
  reported_tokens bigint,
  prompt_digest text NOT NULL CHECK (prompt_digest ~ '^[0-9a-f]{64}$'),
  tools text[] NOT NULL,
  PRIMARY KEY (task_id, turn)
);

-- A summary made at the beginning of a turn, for all turns up to another. The rows that it stands for stay.
CREATE TABLE navi.compactions (
  org_id text NOT NULL,
  task_id uuid NOT NULL REFERENCES navi.tasks ON DELETE CASCADE,
  number integer NOT NULL CHECK (number > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  at_turn integer NOT NULL,
  to_turn integer NOT NULL CHECK (to_turn < at_turn),
  source_digest text NOT NULL CHECK (source_digest ~ '^[0-9a-f]{64}$'),
  summary_digest text NOT NULL,
  made_by text NOT NULL CHECK (made_by IN ('model', 'extract')),
  tokens_before integer NOT NULL,
  tokens_after integer NOT NULL,
  PRIMARY KEY (task_id, number),
  FOREIGN KEY (org_id, summary_digest) REFERENCES navi.contents
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['model_turns', 'compactions']
  LOOP
    EXECUTE format('ALTER TABLE navi.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE navi.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY of_organisation ON navi.%I TO navi_app USING (org_id = current_setting(''navi.org'', true)) WITH CHECK (org_id = current_setting(''navi.org'', true))', t);
    EXECUTE format('CREATE POLICY of_system ON navi.%I TO navi_system USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON navi.%I TO navi_app, navi_system', t);
  END LOOP;
END $$;
