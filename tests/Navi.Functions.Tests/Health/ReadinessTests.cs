using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Navi.Testing;
using Navi.Testing.Service;
using Npgsql;

namespace Navi.Functions.Tests.Health;

/// <summary>GET /readyz with real faults; a stopped database is in the tests of outages.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task Readyz_NothingMissing_SaysSoForEachCheck()
    {
        await using var navi = await StartAsync();
        navi.Http.DefaultRequestHeaders.Authorization = null;
        using var answer = await navi.Http.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"status":"ready","checks":{"database":{"status":"ok"},"disk":{"status":"ok"},"runtime":{"status":"ok"}}}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Readyz_MigrationIsMissing_NamesIt()
    {
        await using var navi = await StartAsync();
        await using var owner = new NpgsqlConnection(navi.ConnectionString);
        await owner.OpenAsync();
        await using var forget = new NpgsqlCommand("DELETE FROM public.navi_migrations WHERE number = 5", owner);
        Assert.Equal(1, await forget.ExecuteNonQueryAsync());
        await MissingAsync(navi, "database", "The database lacks migration 5 of this build.");
    }

    [Fact]
    public async Task Readyz_WorkerHasStopped_NamesTheRuntime()
    {
        await using var navi = await StartAsync();
        await navi.Services.GetServices<IHostedService>().Single(s => s.GetType().Name == "DurableWorker").StopAsync(CancellationToken.None);
        await MissingAsync(navi, "runtime", "The worker of this process does not run.");
    }

    [Fact]
    public async Task Readyz_DirectoryIsGone_NamesTheDisk()
    {
        await using var navi = await StartAsync();
        var root = Path.Combine(Path.GetDirectoryName(navi.Repository)!, "home", "workspaces");
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(root)!);
        await File.WriteAllTextAsync(root, "a file where the directory was");
        await MissingAsync(navi, "disk", "The directory of the workspaces can't be written to.");
    }

    [Fact]
    public async Task Readyz_LessRoomThanConfigured_NamesTheDisk()
    {
        await using var navi = await StartAsync(new() { ["Navi:Workspace:MinimumFreeMegabytes"] = "2147483647" });
        await MissingAsync(navi, "disk", "2147483647 are needed");
    }

    [Fact]
    public async Task Readyz_FileSystemIsFullAndThenReadOnly_NamesTheDisk()
    {
        var place = Directory.CreateTempSubdirectory("navi-full-").FullName;
        Assert.SkipUnless(await MountAsync("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", place), "This user may not mount a file system.");
        try
        {
            await using var navi = await StartAsync(new() { ["Navi:Workspace:Root"] = place, ["Navi:Workspace:MinimumFreeMegabytes"] = "0" });
            Assert.Equal(HttpStatusCode.OK, (await navi.Http.GetAsync("/readyz")).StatusCode);
            await using (var filler = File.Create(Path.Combine(place, "filler")))
                await Assert.ThrowsAnyAsync<IOException>(() => filler.WriteAsync(new byte[1 << 20]).AsTask());
            await MissingAsync(navi, "disk", "The disk of the workspaces is full.");
            File.Delete(Path.Combine(place, "filler"));
            await Wait.UntilAsync(async () => (await navi.Http.GetAsync("/readyz")).StatusCode == HttpStatusCode.OK, () => "room did not help");
            Assert.True(await MountAsync("mount", "-o", "remount,ro", place));
            await MissingAsync(navi, "disk", "The directory of the workspaces can't be written to.");
        }
        finally
        {
            await MountAsync("umount", "-l", place);
            Directory.Delete(place);
        }
    }

    private static Task<Slice> StartAsync(Dictionary<string, string?>? settings = null) => Slice.StartAsync((_, _) => [], settings);

    // An outcome may be a second old.
    private static async Task MissingAsync(Slice navi, string check, string reason)
    {
        var body = "";
        await Wait.UntilAsync(
            async () =>
            {
                using var answer = await navi.Http.GetAsync("/readyz");
                body = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                    Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
                return answer.StatusCode == HttpStatusCode.ServiceUnavailable;
            }, () => $"still ready: {body}");
        var problem = JsonElement.Parse(body);
        Assert.Equal("urn:navi:problem:not-ready", problem.GetProperty("type").GetString());
        foreach (var found in problem.GetProperty("checks").EnumerateObject())
            Assert.Equal(found.Name == check ? "failed" : "ok", found.Value.GetProperty("status").GetString());
        Assert.Contains(reason, problem.GetProperty("checks").GetProperty(check).GetProperty("reason").GetString());
        Assert.DoesNotContain(Path.GetTempPath(), body);
    }

    private static async Task<bool> MountAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
