-- Payloads that are too large for the rows which every turn reads and writes lie here, once in each instance, and are named where they are used.
CREATE TABLE durable.payloads (
  instance_id text NOT NULL,
  reference text NOT NULL,
  content text NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (instance_id, reference)
);

-- A reference begins with U+0002, which no JSON does. What looks like one and is none is put away like a large one, so that nothing is mistaken.
CREATE FUNCTION durable.is_large(payload text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
  $$ SELECT octet_length(payload) > 32768 OR starts_with(payload, E'\x02') $$;

-- Puts a payload away and answers its reference. Seen again after a while it counts as new, so that what was about to be forgotten stays;
-- before, nothing is locked: two who put away the same in another order would wait for each other.
CREATE FUNCTION durable.keep(id text, payload text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  named text := E'\x02sha256:' || encode(sha256(convert_to(payload, 'UTF8')), 'hex');
BEGIN
  LOOP
    INSERT INTO durable.payloads (instance_id, reference, content, stored_at) VALUES (id, named, payload, clock_timestamp()) ON CONFLICT DO NOTHING;
    EXIT WHEN FOUND;
    UPDATE durable.payloads p SET stored_at = clock_timestamp()
    WHERE p.instance_id = id AND p.reference = named AND p.stored_at < clock_timestamp() - interval '20 seconds';
    EXIT WHEN FOUND;
    PERFORM 1 FROM durable.payloads p WHERE p.instance_id = id AND p.reference = named;
    EXIT WHEN FOUND;
  END LOOP;
  RETURN named;
END $$;

-- What is missing is a failure of the instance (class 22, data exceptions), not of the database.
CREATE FUNCTION durable.payload(id text, named text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  found_content text;
BEGIN
  SELECT p.content INTO found_content FROM durable.payloads p WHERE p.instance_id = id AND p.reference = named;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'The payload % of the instance ''%'' is missing.', substr(named, 2), id USING ERRCODE = '22NV1';
  END IF;
  RETURN found_content;
END $$;

CREATE OR REPLACE FUNCTION durable.drop_instances(ids text[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM durable.history WHERE instance_id = ANY(ids);
  DELETE FROM durable.inbox WHERE instance_id = ANY(ids);
  DELETE FROM durable.activities WHERE instance_id = ANY(ids);
  DELETE FROM durable.payloads WHERE instance_id = ANY(ids);
  DELETE FROM durable.instances WHERE instance_id = ANY(ids);
$$;
