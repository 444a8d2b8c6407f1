using Navi.Platform.Data.Local;

namespace Navi.Testing;

/// <summary>The throw-away PostgreSQL cluster that all tests of this machine share; every test takes its own database in it.</summary>
public static class TestCluster
{
    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    /// <summary>Connection string of the cluster's maintenance database.</summary>
    public static Task<string> ConnectionStringAsync() => Started.Value;

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("NAVI_TEST_DATABASE") is { Length: > 0 } given)
            return given;
        var home = Environment.GetEnvironmentVariable("NAVI_TEST_HOME") is { Length: > 0 } chosen
            ? chosen
            : Path.Combine(Path.GetTempPath(), $"navi-tests-{Environment.UserName}");
        return await LocalCluster.StartAsync(new LocalClusterOptions(home) { Database = "navi_tests", MaxConnections = 400, Durable = false }, CancellationToken.None);
    }
}
