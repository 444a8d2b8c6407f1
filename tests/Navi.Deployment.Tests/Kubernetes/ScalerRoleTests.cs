using Dapper;
using Navi.Testing;
using Npgsql;

namespace Navi.Deployment.Tests.Kubernetes;

/// <summary>The scaler's role can read two views of counts, and can do nothing else.</summary>
public sealed class ScalerRoleTests
{
    private const string InsufficientPrivilege = PostgresErrorCodes.InsufficientPrivilege;

    [Theory]
    [InlineData("SELECT prompt FROM navi.tasks")]
    [InlineData("SELECT count(*) FROM navi.tasks")]
    [InlineData("SELECT input FROM durable.instances")]
    [InlineData("SELECT payload FROM durable.inbox")]
    [InlineData("SELECT input FROM durable.activities")]
    [InlineData("SELECT secret FROM navi.telemetry_keys")]
    [InlineData("SELECT * FROM public.navi_migrations")]
    [InlineData("INSERT INTO navi.tasks DEFAULT VALUES")]
    [InlineData("UPDATE navi.tasks SET status = 'queued'")]
    [InlineData("DELETE FROM durable.activities")]
    [InlineData("TRUNCATE durable.inbox")]
    [InlineData("SELECT durable.drop_instances(ARRAY['a'])")]
    [InlineData("CREATE TABLE scaling.mine (id integer)")]
    [InlineData("CREATE TABLE durable.mine (id integer)")]
    [InlineData("CREATE TABLE navi.mine (id integer)")]
    [InlineData("CREATE SCHEMA mine")]
    [InlineData("DROP VIEW durable.backlog")]
    [InlineData("SET ROLE navi_system")]
    [InlineData("SET ROLE navi_owner")]
    [InlineData("CREATE ROLE mine")]
    [InlineData("COPY durable.backlog TO PROGRAM 'true'")]
    public async Task Login_AnythingButTheViews_IsRefused(string sql)
    {
        await using var platform = await TestPlatform.CreateAsync();
        await using var work = await DurableWork.StartAsync(platform.Server);
        await platform.CreateTaskAsync(prompt: "the secret plan");
        await using var login = await ScalerLogin.CreateAsync(platform.Server);

        Assert.Equal(InsufficientPrivilege, await login.RefusalAsync(sql));
        Assert.Equal(1, await login.NumberAsync("SELECT queued FROM scaling.tasks"));
    }

    [Fact]
    public async Task Role_InTheWholeDatabase_ReadsTwoViewsAndOwnsNothing()
    {
        await using var platform = await TestPlatform.CreateAsync();
        await using var work = await DurableWork.StartAsync(platform.Server);
        await using var connection = new NpgsqlConnection(platform.Server.ConnectionString);

        var readable = await connection.QueryAsync<string>(
            """
            SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
              AND CASE WHEN c.relkind = 'S' THEN has_sequence_privilege('navi_scaler', c.oid, 'SELECT, USAGE, UPDATE')
                ELSE has_any_column_privilege('navi_scaler', c.oid, 'SELECT') END ORDER BY 1
            """);
        var writable = await connection.QueryAsync<string>(
            """
            SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND (has_any_column_privilege('navi_scaler', c.oid, 'INSERT, UPDATE, REFERENCES') OR has_table_privilege('navi_scaler', c.oid, 'DELETE, TRUNCATE, TRIGGER'))
            """);
        var borrowed = await connection.QueryAsync<string>(
            """
            SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND p.prosecdef AND has_function_privilege('navi_scaler', p.oid, 'EXECUTE') AND has_schema_privilege('navi_scaler', n.oid, 'USAGE')
            """);
        var makes = await connection.QueryAsync<string>("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND has_schema_privilege('navi_scaler', oid, 'CREATE')");
        var role = await connection.QuerySingleAsync<(bool Login, bool Above, bool Makes, bool Member)>(
            """
            SELECT rolcanlogin, rolsuper OR rolbypassrls OR rolreplication, rolcreatedb OR rolcreaterole, EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)
            FROM pg_roles r WHERE rolname = 'navi_scaler'
            """);

        Assert.Equal(["durable.backlog", "scaling.tasks"], readable);
        Assert.Empty(writable);
        Assert.Empty(borrowed);
        Assert.Empty(makes);
        Assert.Equal((false, false, false, false), role);
    }
}
