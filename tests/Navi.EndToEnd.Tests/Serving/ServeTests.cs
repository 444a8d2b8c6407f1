using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Navi.Testing;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Serving;

/// <summary><c>navi serve</c> with everything that a production asks for.</summary>
public sealed class ServeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Serve_InProduction_AnswersLogsJsonAndEndsWithZero()
    {
        await using var deployment = await Deployment.CreateAsync();
        var (process, http) = await deployment.ServeAsync();
        using (http)
        {
            await Wait.UntilAsync(async () => (await http.GetAsync("/readyz", Stop)).IsSuccessStatusCode, () => $"It is not ready: {process.Output}");
            var me = await http.GetFromJsonAsync<JsonElement>("/v1/me", Stop);
            Assert.Equal(("ada", "acme", "Production"), (me.GetProperty("user").GetString(), me.GetProperty("organisation").GetString(), me.GetProperty("environment").GetString()));
        }
        await process.SignalAsync("TERM");

        Assert.Equal(0, await process.ExitCodeAsync());
        var events = Deployment.Lines(process).Select(l => l["event"]!.GetValue<int>()).ToList();
        Assert.Contains(4602, events);
        Assert.Equal([4611, 4612, 4613], events.Where(e => e is >= 4611 and <= 4613));
        Assert.Equal(4613, events[^1]);
        Assert.Equal("", process.Error.Trim());
        // Nothing of a person's own place is made.
        Assert.False(Directory.Exists(deployment.Environment["NAVI_HOME"]));
    }

    [Fact]
    public async Task Serve_TwoOnOneDatabase_WorkInOneDirectory()
    {
        await using var deployment = await Deployment.CreateAsync();
        deployment.BecomeLocal();
        var (_, first) = await deployment.ServeAsync();
        // The second has another home and does no work: what it is asked for, the first does.
        deployment.Environment["Navi__Home"] = Path.Combine(deployment.Directory, "another");
        deployment.Environment["Navi__Serve__RunWorkers"] = "false";
        var (process, second) = await deployment.ServeAsync();
        using (first)
        using (second)
        {
            var repository = Repositories.Python(Path.Combine(deployment.Directory, "repository"));
            using var created = await second.PostAsJsonAsync("/v1/tasks", new { repository, task = "run the tests" }, Stop);
            Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync(Stop));
            var id = (await created.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetGuid();
            JsonElement task = default;
            await Wait.UntilAsync(
                async () =>
                {
                    task = await second.GetFromJsonAsync<JsonElement>($"/v1/tasks/{id}", Stop);
                    return task.GetProperty("status").GetString() == "finished";
                }, () => $"The task did not end: {task} {process.Output}");
            Assert.Equal("completed", task.GetProperty("stop_reason").GetString());
        }
        Assert.Equal(Path.Combine(deployment.Directory, "home", "workspaces"), await deployment.Database.ScalarAsync("SELECT root FROM public.navi_workspaces"));
        Assert.Equal(1L, await deployment.Database.ScalarAsync("SELECT count(*) FROM durable.workers"));
    }

    [Fact]
    public async Task Serve_WorkspaceRootIsGiven_TakesItWithoutAgreement()
    {
        await using var deployment = await Deployment.CreateAsync();
        deployment.Environment["Navi__Workspace__Root"] = Path.Combine(deployment.Directory, "chosen");
        var (process, http) = await deployment.ServeAsync();
        using (http)
            await Wait.UntilAsync(async () => (await http.GetAsync("/readyz", Stop)).IsSuccessStatusCode, () => $"It is not ready: {process.Output}");
        Assert.Equal(0L, await deployment.Database.ScalarAsync("SELECT count(*) FROM public.navi_workspaces"));
        Assert.True(Directory.Exists(deployment.Environment["Navi__Workspace__Root"]));
    }

    [Fact]
    public async Task Serve_WithCertificate_SpeaksTls()
    {
        await using var deployment = await Deployment.CreateAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=navi.test", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(deployment.Directory, "tls.crt"), Path.Combine(deployment.Directory, "tls.key"));
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem(), Stop);
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem(), Stop);
        deployment.Environment["Navi__Serve__Urls"] = "https://127.0.0.1:0";
        deployment.Environment["Navi__Serve__Certificate"] = certificateFile;
        deployment.Environment["Navi__Serve__CertificateKey"] = keyFile;
        string? shown = null;
        var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, seen, _, _) =>
            {
                shown = seen?.Thumbprint;
                return true;
            },
        };

        var (_, http) = await deployment.ServeAsync(handler);

        using (http)
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz", Stop)).StatusCode);
        Assert.Equal(certificate.Thumbprint, shown);
    }
}
