-- The installation's own keys: its issuer signs tokens with them and encrypts those that only it reads. They belong to no tenant, so navi_app gets neither grant nor policy.
SET LOCAL ROLE navi_owner;

CREATE TABLE navi.signing_keys (
  -- The kid: for signing keys the SHA-256 thumbprint of the public key (RFC 7638).
  id text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{32,64}$'),
  org_id text NOT NULL DEFAULT 'navi' CHECK (org_id = 'navi'),
  use text NOT NULL CHECK (use IN ('sign', 'encrypt')),
  algorithm text NOT NULL CHECK (algorithm IN ('ES256', 'dir')),
  -- For people and other programs to read. NAVI itself publishes what it derives from private_key, which only a holder of the wrapping key can have written.
  public_jwk jsonb,
  -- PKCS #8, or the 256 bits of a symmetric key; in an envelope.
  private_key bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  active_from timestamptz NOT NULL,
  -- When the next key takes over; null while none is made.
  retired_at timestamptz,
  -- From then on it neither verifies nor decrypts, and the row is deleted.
  expires_at timestamptz,
  CHECK ((use = 'sign') = (algorithm = 'ES256')),
  CHECK ((use = 'sign') = (public_jwk IS NOT NULL)),
  CHECK ((retired_at IS NULL) = (expires_at IS NULL)),
  CHECK (retired_at >= active_from),
  CHECK (expires_at >= retired_at)
);

ALTER TABLE navi.signing_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE navi.signing_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY of_system ON navi.signing_keys TO navi_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON navi.signing_keys TO navi_system;
