-- NAVI's own OAuth issuer: people and their browsers, service clients, and what was issued to them.
-- These tables are reached before it is known whose request it is, so by the system alone; the application's role may read none of them.
SET LOCAL ROLE navi_owner;

CREATE TABLE navi.users (
  org_id text NOT NULL CHECK (org_id <> ''),
  id text NOT NULL CHECK (id <> ''),
  created_at timestamptz NOT NULL DEFAULT now(),
  name text,
  roles text[] NOT NULL CHECK (roles <@ ARRAY['viewer', 'caller', 'approver', 'operator', 'auditor', 'admin']),
  -- Who said which roles: the issuer that the person signs in at, the configuration, or an administrator, whose word stands.
  -- Where this person comes from; null for one whom only an administrator has named yet. Nobody of another origin signs in under the same id.
  authority text,
  roles_from text NOT NULL CHECK (roles_from IN ('issuer', 'configuration', 'admin')),
  changed_by text,
  disabled_at timestamptz,
  signed_in_at timestamptz,
  PRIMARY KEY (org_id, id)
);

-- Secrets of links and sessions are kept as SHA-256 only.
CREATE TABLE navi.signin_links (
  digest bytea PRIMARY KEY CHECK (length(digest) = 32),
  org_id text NOT NULL,
  user_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  FOREIGN KEY (org_id, user_id) REFERENCES navi.users ON DELETE CASCADE
);
CREATE INDEX signin_links_old ON navi.signin_links (expires_at);

CREATE TABLE navi.browser_sessions (
  digest bytea PRIMARY KEY CHECK (length(digest) = 32),
  org_id text NOT NULL,
  user_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  -- Codes that did not exist: a session that guesses ends.
  wrong_codes integer NOT NULL DEFAULT 0,
  FOREIGN KEY (org_id, user_id) REFERENCES navi.users ON DELETE CASCADE
);
CREATE INDEX browser_sessions_old ON navi.browser_sessions (expires_at);
CREATE INDEX browser_sessions_of_user ON navi.browser_sessions (org_id, user_id);

-- A person on the way to an issuer outside and back, bound to one browser; gone when they are back. What stands here is of no use without the browser's secret.
CREATE TABLE navi.external_signins (
  digest bytea PRIMARY KEY CHECK (length(digest) = 32),
  org_id text NOT NULL DEFAULT 'navi',
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  browser bytea NOT NULL CHECK (length(browser) = 32),
  authority text NOT NULL,
  redirect_uri text NOT NULL,
  nonce text NOT NULL,
  verifier text NOT NULL,
  user_code text
);
CREATE INDEX external_signins_old ON navi.external_signins (expires_at);

-- The four tables of OpenIddict's stores. org_id 'navi' is the installation's own, such as a device that nobody has answered for yet.
CREATE TABLE navi.issuer_clients (
  id uuid PRIMARY KEY,
  org_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text,
  roles text[] NOT NULL DEFAULT '{}' CHECK (roles <@ ARRAY['viewer', 'caller', 'approver', 'operator', 'auditor', 'admin']),
  application_type text,
  client_id text NOT NULL UNIQUE,
  client_secret text,
  client_type text,
  concurrency_token text,
  consent_type text,
  display_name text,
  display_names text,
  json_web_key_set text,
  permissions text,
  post_logout_redirect_uris text,
  properties text,
  redirect_uris text,
  requirements text,
  settings text
);
CREATE INDEX issuer_clients_of_organisation ON navi.issuer_clients (org_id, created_at);

CREATE TABLE navi.issuer_authorizations (
  id uuid PRIMARY KEY,
  org_id text NOT NULL,
  application_id uuid REFERENCES navi.issuer_clients ON DELETE CASCADE,
  concurrency_token text,
  creation_date timestamptz,
  properties text,
  scopes text,
  status text,
  subject text,
  type text
);
CREATE INDEX issuer_authorizations_of_client ON navi.issuer_authorizations (application_id);

CREATE TABLE navi.issuer_scopes (
  id uuid PRIMARY KEY,
  org_id text NOT NULL DEFAULT 'navi',
  concurrency_token text,
  description text,
  descriptions text,
  display_name text,
  display_names text,
  name text UNIQUE,
  properties text,
  resources text
);

CREATE TABLE navi.issuer_tokens (
  id uuid PRIMARY KEY,
  org_id text NOT NULL,
  application_id uuid REFERENCES navi.issuer_clients ON DELETE CASCADE,
  authorization_id uuid REFERENCES navi.issuer_authorizations ON DELETE CASCADE,
  concurrency_token text,
  creation_date timestamptz,
  expiration_date timestamptz,
  payload text,
  properties text,
  redemption_date timestamptz,
  reference_id text UNIQUE,
  status text,
  subject text,
  type text,
  -- Of device codes: when it was asked for last, and how long its device must wait between two questions (RFC 8628, 3.5).
  polled_at timestamptz,
  poll_seconds integer,
  -- Of device codes and refresh tokens: when somebody was let redeem it. The first who asks is the only one.
  claimed_at timestamptz
);
CREATE INDEX issuer_tokens_of_client ON navi.issuer_tokens (application_id);
CREATE INDEX issuer_tokens_of_user ON navi.issuer_tokens (org_id, subject);
CREATE INDEX issuer_tokens_of_authorization ON navi.issuer_tokens (authorization_id);
CREATE INDEX issuer_tokens_old ON navi.issuer_tokens (creation_date);

-- The command line: a public client that signs people in with a device code.
INSERT INTO navi.issuer_clients (id, org_id, client_id, client_type, concurrency_token, consent_type, display_name, permissions)
VALUES (gen_random_uuid(), 'navi', 'navi-cli', 'public', gen_random_uuid()::text, 'explicit', 'NAVI command line',
  '["ept:device_authorization", "ept:token", "ept:revocation", "gt:urn:ietf:params:oauth:grant-type:device_code", "gt:refresh_token", "scp:navi"]');

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['users', 'signin_links', 'browser_sessions', 'external_signins', 'issuer_clients', 'issuer_authorizations', 'issuer_scopes', 'issuer_tokens']
  LOOP
    EXECUTE format('ALTER TABLE navi.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE navi.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY of_system ON navi.%I TO navi_system USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON navi.%I TO navi_system', t);
  END LOOP;
END $$;
