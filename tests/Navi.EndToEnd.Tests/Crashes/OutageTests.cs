using System.Diagnostics;
using System.Net;
using Navi.Platform.Data.Local;
using Navi.Testing;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Crashes;

public sealed class OutageTests
{
    private const string Rename = "rename add_numbers to sum_numbers and run the tests";

    [Fact]
    public async Task Database_ConnectionsDroppedAgainAndAgain_TheTaskStillEndsOnce()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        var up = await navi.UpAsync();
        var task = await up.CreateTaskAsync(repository, Rename, preApprove: true);

        for (var i = 0; i < 5; i++)
        {
            await navi.Database.DropConnectionsAsync();
            await Wait.UntilAsync(async () => (await up.Http.GetAsync("/readyz")).StatusCode == HttpStatusCode.OK, () => "NAVI did not come back");
        }

        var ended = await up.FinishedAsync(task);
        Assert.Equal("completed", ended.GetProperty("stop_reason").GetString());
        Assert.NotNull(Repositories.NaviBranch(repository));
    }

    [Fact]
    public async Task Database_StoppedInTheMiddle_Answers503AndGoesOnAfterwards()
    {
        await using var navi = Installation.CreateWithPrivateCluster();
        var repository = Repositories.Python(navi.Place("repository"));
        var up = await navi.UpAsync();
        var task = await up.CreateTaskAsync(repository, Rename);
        var gate = await up.PendingAsync(task);

        Assert.True(await LocalCluster.StopAsync(navi.Home, CancellationToken.None));
        using (var refused = await up.DecideAsync(gate, "approve"))
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        await Wait.UntilAsync(async () => (await up.Http.GetAsync("/readyz")).StatusCode == HttpStatusCode.ServiceUnavailable, () => "NAVI is ready without its database");
        using (var missing = await up.Http.GetAsync("/readyz"))
        {
            var checks = System.Text.Json.JsonElement.Parse(await missing.Content.ReadAsStringAsync()).GetProperty("checks");
            Assert.Equal(("failed", "failed", "ok"), (StatusOf(checks, "database"), StatusOf(checks, "runtime"), StatusOf(checks, "disk")));
        }
        await LocalCluster.StartAsync(new LocalClusterOptions(navi.Home), CancellationToken.None);
        await Wait.UntilAsync(async () => (await up.Http.GetAsync("/readyz")).IsSuccessStatusCode, () => "NAVI did not come back");

        Assert.Equal("pending", (await up.CheckpointAsync(gate)).GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.OK, (await up.DecideAsync(gate, "approve")).StatusCode);
        Assert.Equal("completed", (await up.FinishedAsync(task)).GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task Workspace_DiskFull_EndsWithASentenceThatSaysSo()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Make(navi.Place("repository"), new() { ["big.txt"] = new string('x', 100_000), ["fill.sh"] = "head -c 50000000 /dev/urandom > large.bin\n" });
        var small = Directory.CreateDirectory(navi.Place("small")).FullName;
        Assert.SkipUnless(Mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", small), "mounting a tmpfs needs root");
        try
        {
            navi.Environment["Navi__Workspace__Root"] = small;
            // Else this NAVI would not call itself ready.
            navi.Environment["Navi__Workspace__MinimumFreeMegabytes"] = "0";
            var up = await navi.UpAsync();
            var task = await up.CreateTaskAsync(repository, "run `sh fill.sh`", preApprove: true);

            var ended = await up.FinishedAsync(task);

            Assert.Contains(ended.GetProperty("stop_reason").GetString(), new[] { "failed" });
            Assert.Contains("disk", ended.GetProperty("summary").GetString(), StringComparison.OrdinalIgnoreCase);
            Assert.Null(Repositories.NaviBranch(repository));
            await up.DisposeAsync();
        }
        finally
        {
            using var umount = Process.Start("umount", ["-l", small])!;
            await umount.WaitForExitAsync();
        }
    }

    private static bool Mount(params string[] arguments)
    {
        using var mount = Process.Start(new ProcessStartInfo("mount", arguments) { RedirectStandardError = true })!;
        mount.WaitForExit();
        return mount.ExitCode == 0;
    }

    private static string? StatusOf(System.Text.Json.JsonElement checks, string name) => checks.GetProperty(name).GetProperty("status").GetString();
}
