-- Tokens that an organisation gives NAVI to use, such as keys of model providers. Only their envelopes are here.
SET LOCAL ROLE navi_owner;

CREATE TABLE navi.encrypted_tokens (
  org_id text NOT NULL CHECK (org_id <> ''),
  name text NOT NULL CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  -- Bound to this organisation, table, name and column: it opens in no other row.
  envelope bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- The user who gave the present value.
  by text NOT NULL,
  PRIMARY KEY (org_id, name)
);

ALTER TABLE navi.encrypted_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE navi.encrypted_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY of_organisation ON navi.encrypted_tokens TO navi_app
  USING (org_id = current_setting('navi.org', true)) WITH CHECK (org_id = current_setting('navi.org', true));
CREATE POLICY of_system ON navi.encrypted_tokens TO navi_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON navi.encrypted_tokens TO navi_app, navi_system;
