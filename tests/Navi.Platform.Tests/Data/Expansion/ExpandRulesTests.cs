using Navi.Platform.Data;
using Navi.Platform.Data.Expansion;

namespace Navi.Platform.Tests.Data.Expansion;

public sealed class ExpandRulesTests
{
    [Theory]
    [InlineData("CREATE TABLE navi.a (id uuid PRIMARY KEY, b text NOT NULL UNIQUE CHECK (b <> ''))")]
    [InlineData("CREATE TABLE navi.a (task_id uuid NOT NULL REFERENCES navi.tasks ON DELETE CASCADE, b text)")]
    [InlineData("CREATE TABLE navi.a (task_id uuid REFERENCES navi.tasks (id) ON DELETE SET NULL)")]
    [InlineData("CREATE TABLE navi.a (id int); CREATE UNIQUE INDEX x ON navi.a (id); ALTER TABLE navi.a ADD CHECK (id > 0), FORCE ROW LEVEL SECURITY; INSERT INTO navi.a VALUES (1); CREATE POLICY p ON navi.a USING (true)")]
    [InlineData("ALTER TABLE navi.tasks ADD COLUMN note text")]
    [InlineData("ALTER TABLE navi.tasks ADD COLUMN note text NOT NULL DEFAULT 'a' CHECK (note IN ('a', 'b')), ADD COLUMN other numeric(18, 8)")]
    [InlineData("ALTER TABLE ONLY navi.tasks ADD COLUMN note text CHECK (length(note) > 0 AND note IS NOT NULL)")]
    [InlineData("CREATE INDEX CONCURRENTLY tasks_x ON navi.tasks (lower(prompt)) WHERE prompt <> ''")]
    [InlineData("SET LOCAL ROLE navi_owner; GRANT SELECT ON navi.tasks TO navi_app; COMMENT ON TABLE navi.tasks IS 'x; y'")]
    [InlineData("CREATE FUNCTION navi.f(a int) RETURNS int LANGUAGE sql AS $$ DELETE FROM navi.tasks; SELECT 1 $$; REVOKE EXECUTE ON FUNCTION navi.f(int) FROM PUBLIC")]
    [InlineData("-- nothing; at all\n/* DROP TABLE navi.tasks; */ CREATE SCHEMA other")]
    [InlineData("CREATE TABLE navi.a (id int); DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['a'] LOOP EXECUTE format('ALTER TABLE navi.%I ENABLE ROW LEVEL SECURITY', t); END LOOP; END $$")]
    public void Obstacles_OnlyExpands_None(string sql) => Assert.Empty(ExpandRules.Obstacles(sql));

    [Theory]
    [InlineData("DROP TABLE navi.tasks", "DROP")]
    [InlineData("DROP INDEX navi.tasks_unfinished", "DROP")]
    [InlineData("ALTER TABLE navi.tasks RENAME COLUMN prompt TO task", "other than by ADD COLUMN")]
    [InlineData("ALTER TABLE navi.tasks ALTER COLUMN prompt TYPE varchar(10)", "other than by ADD COLUMN")]
    [InlineData("ALTER TABLE navi.tasks ADD COLUMN note text, DROP COLUMN prompt", "DROP COLUMN PROMPT")]
    [InlineData("ALTER TABLE navi.tasks ADD COLUMN note text NOT NULL", "NOT NULL and has no DEFAULT")]
    [InlineData("ALTER TABLE navi.tasks ADD COLUMN note text UNIQUE", "UNIQUE")]
    [InlineData("ALTER TABLE navi.tasks ADD COLUMN other uuid REFERENCES navi.tasks", "REFERENCES")]
    [InlineData("ALTER TABLE navi.tasks ADD COLUMN note text CHECK (note <> prompt)", "over more than itself")]
    [InlineData("ALTER TABLE navi.tasks ADD CHECK (prompt <> 'x')", "other than by ADD COLUMN")]
    [InlineData("ALTER TABLE navi.tasks ADD note text", "other than by ADD COLUMN")]
    [InlineData("ALTER TABLE navi.tasks ENABLE ROW LEVEL SECURITY", "other than by ADD COLUMN")]
    [InlineData("CREATE UNIQUE INDEX x ON navi.tasks (prompt)", "equal rows in navi.tasks")]
    [InlineData("CREATE POLICY p ON navi.tasks USING (false)", "who sees the rows of navi.tasks")]
    [InlineData("CREATE OR REPLACE FUNCTION navi.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "replaces")]
    [InlineData("CREATE TABLE IF NOT EXISTS navi.a (id int)", "IF NOT EXISTS")]
    [InlineData("CREATE TABLE navi.a (id int, task_id uuid REFERENCES navi.tasks, b int)", "refers to navi.tasks")]
    [InlineData("CREATE TABLE navi.a (id int, task_id uuid REFERENCES navi.tasks, b uuid REFERENCES navi.outbox ON DELETE CASCADE)", "refers to navi.tasks")]
    [InlineData("CREATE TABLE navi.part PARTITION OF navi.llm_metrics DEFAULT", "takes rows from navi.llm_metrics")]
    [InlineData("CREATE TRIGGER t BEFORE INSERT ON navi.tasks EXECUTE FUNCTION navi.f()", "not known")]
    [InlineData("CREATE TABLE navi.a (id int); ALTER TABLE navi.a RENAME TO b", "gives a name anew")]
    [InlineData("INSERT INTO navi.tasks (id) VALUES (1)", "writes rows of navi.tasks")]
    [InlineData("UPDATE navi.tasks SET prompt = ''", "UPDATE")]
    [InlineData("WITH x AS (DELETE FROM navi.tasks) SELECT 1", "WITH")]
    [InlineData("SELECT navi.ensure_llm_metrics_partitions(3)", "runs a function")]
    [InlineData("REVOKE SELECT ON navi.tasks FROM navi_app", "rights on navi.tasks")]
    [InlineData("REVOKE navi_app FROM x", "takes a role away")]
    [InlineData("SET search_path = navi", "SET")]
    [InlineData("DO $$ BEGIN EXECUTE 'DROP TABLE navi.tasks'; END $$", "not read")]
    [InlineData("DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['tasks'] LOOP EXECUTE format('ALTER TABLE navi.%I ENABLE ROW LEVEL SECURITY', t); END LOOP; END $$", "other than by ADD COLUMN")]
    [InlineData("DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['tasks'] LOOP EXECUTE format('DROP TABLE navi.%I', t); END LOOP; END $$", "DROP")]
    [InlineData("CREATE TABLE navi.a (b text DEFAULT E'\\'; DROP TABLE navi.tasks; --')", "can't be read")]
    [InlineData("CREATE TABLE navi.a (b text DEFAULT 'open)", "can't be read")]
    [InlineData("ALTER TABLE navi.tasks ADD COLUMN a int; /* /* */ DROP TABLE navi.tasks; */", "can't be read")]
    public void Obstacles_DoesMore_AreNamed(string sql, string said) => Assert.Contains(said, string.Join('\n', ExpandRules.Obstacles(sql)), StringComparison.Ordinal);

    /// <summary>A migration that was added is judged here on purpose: whoever adds one that does more than expand takes the way back from the release before it.</summary>
    [Fact]
    public void Migrations_OfThisBuild_AreJudgedSo()
    {
        int[] more = [4, 5, 6, 7, 11, 14];
        Assert.Equal(more, MigrationSet.All.Where(m => !m.Expands).Select(m => m.Number));
    }
}
