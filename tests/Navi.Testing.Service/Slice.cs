using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Navi.Agent.Models;
using Navi.Functions;
using Navi.Portable.Host;

namespace Navi.Testing.Service;

/// <summary>The whole of NAVI in this process, with a scripted model beside <c>rules</c>, on a database and a repository of its own.</summary>
public sealed class Slice : IAsyncDisposable
{
    private static readonly string Token = new('t', 40);
    private readonly string root;
    private readonly TestDatabase database;
    private readonly PortableHost host;

    private Slice(string root, TestDatabase database, PortableHost host)
    {
        this.root = root;
        this.database = database;
        this.host = host;
        Http = new HttpClient { BaseAddress = host.Address };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => host.Services;

    /// <summary>The database behind it.</summary>
    public TestDatabase Database => database;

    /// <summary>The database's own connection string, as its owner.</summary>
    public string ConnectionString => database.ConnectionString;

    public string Repository => Path.Combine(root, "repository");

    public static Task<Slice> StartAsync(Func<int, IReadOnlyList<ChatMessage>, IEnumerable<(string, object)>> script, Dictionary<string, string?>? settings = null) =>
        StartAsync(new ScriptedModel(script), settings);

    public static async Task<Slice> StartAsync(IChatClient model, Dictionary<string, string?>? settings = null)
    {
        var root = Directory.CreateTempSubdirectory("navi-slice-").FullName;
        // Outside Local the start refuses a superuser.
        var database = settings?.GetValueOrDefault("Navi:Environment") is null or "Local" ? await TestDatabase.CreateAsync() : await TestDatabase.CreateDeployedAsync();
        var builder = PortableHost.CreateBuilder(new PortableHostOptions
        {
            Urls = "http://127.0.0.1:0", ConnectionString = database.ConnectionString, Assemblies = [typeof(NaviApplication).Assembly],
        });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Navi:Environment"] = "Local", ["Navi:Home"] = Path.Combine(root, "home"), ["Navi:Database:ConnectionString"] = database.ConnectionString, ["Navi:Identity:LocalToken"] = Token,
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Logging.ClearProviders();
        NaviApplication.Register(builder.Services, builder.Configuration);
        NaviApplication.Use(builder.Worker);
        builder.Services.AddSingleton(new ModelProvider("scripted", model));
        var host = builder.Build();
        await NaviApplication.PrepareAsync(host.Services, CancellationToken.None);
        await host.StartAsync();
        var slice = new Slice(root, database, host);
        Directory.CreateDirectory(slice.Repository);
        await File.WriteAllTextAsync(Path.Combine(slice.Repository, "a.txt"), "one\n");
        await slice.GitAsync("init", "-q", "-b", "main");
        await slice.GitAsync("add", "-A");
        await slice.GitAsync("-c", "user.name=T", "-c", "user.email=t@example.invalid", "commit", "-q", "-m", "first");
        return slice;
    }

    public async Task<Guid> CreateAsync(string provider = "scripted", bool preApprove = false, string task = "do it")
    {
        using var response = await Http.PostAsJsonAsync("/v1/tasks", new { repository = Repository, task, provider, pre_approve = preApprove });
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException(text, null, response.StatusCode);
        return JsonElement.Parse(text).GetProperty("id").GetGuid();
    }

    public Task<JsonElement> TaskAsync(Guid id) => Http.GetFromJsonAsync<JsonElement>($"/v1/tasks/{id}");

    public async Task<JsonElement> FinishedAsync(Guid id)
    {
        JsonElement task = default;
        await Wait.UntilAsync(async () => (task = await TaskAsync(id)).GetProperty("status").GetString() == "finished", () => $"not finished: {task}");
        return task;
    }

    /// <summary>Waits for a pending gate and returns its document.</summary>
    public async Task<JsonElement> PendingAsync(Guid task)
    {
        JsonElement gate = default;
        await Wait.UntilAsync(
            async () =>
            {
                var items = (await Http.GetFromJsonAsync<JsonElement>($"/v1/checkpoints?status=pending&task={task}")).GetProperty("items");
                gate = items.GetArrayLength() == 0 ? default : items[0];
                return items.GetArrayLength() > 0;
            }, () => $"no gate of {task}");
        return gate;
    }

    public Task<HttpResponseMessage> DecideAsync(JsonElement gate, object decision) => Http.PostAsJsonAsync($"/v1/checkpoints/{gate.GetProperty("id").GetGuid()}/decisions", decision);

    /// <summary>The newest tasks, as the API lists them.</summary>
    public async Task<JsonElement> TasksAsync() => (await Http.GetFromJsonAsync<JsonElement>("/v1/tasks")).GetProperty("items");

    public Task<string> GitAsync(params string[] arguments) => GitAtAsync(Repository, arguments);

    /// <summary>Runs git in a directory.</summary>
    public static async Task<string> GitAtAsync(string directory, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", directory, .. arguments]) { RedirectStandardOutput = true })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return output.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }
}
