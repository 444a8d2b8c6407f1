using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Navi.Testing.Running;

/// <summary>A running <c>navi up</c> and its API.</summary>
public sealed partial class Service : IAsyncDisposable
{
    private readonly Process process;
    private readonly List<string> printed;
    private bool disposed;

    private Service(Process process, List<string> printed, HttpClient http)
    {
        this.process = process;
        this.printed = printed;
        Http = http;
    }

    public HttpClient Http { get; }

    public int ProcessId => process.Id;

    public string Printed
    {
        get
        {
            lock (printed)
                return string.Join('\n', printed);
        }
    }

    public static async Task<Service> StartAsync(ProcessStartInfo info, string tokenFile)
    {
        var process = Process.Start(info)!;
        var printed = new List<string>();
        void Keep(string? line)
        {
            lock (printed)
                printed.Add(line ?? "");
        }
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var url = "";
        await Wait.UntilAsync(
            () =>
            {
                lock (printed)
                    url = printed.Select(l => Url().Match(l)).FirstOrDefault(m => m.Success)?.Value ?? "";
                return Task.FromResult(url.Length > 0 || process.HasExited);
            }, () => "navi up printed no address");
        if (process.HasExited)
            throw new InvalidOperationException($"navi up ended with {process.ExitCode}: {string.Join('\n', printed)}");
        var http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(100) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(tokenFile)).Trim());
        await Wait.UntilAsync(async () => (await http.GetAsync("/readyz")).IsSuccessStatusCode, () => "navi up is not ready");
        return new Service(process, printed, http);
    }

    /// <summary>Asks for a task and returns its id.</summary>
    public async Task<Guid> CreateTaskAsync(string repository, string task, bool preApprove = false)
    {
        using var response = await Http.PostAsJsonAsync("/v1/tasks", new { repository, task, pre_approve = preApprove });
        var body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException(body, null, response.StatusCode);
        return JsonElement.Parse(body).GetProperty("id").GetGuid();
    }

    public async Task<JsonElement> TaskAsync(Guid id) => await Http.GetFromJsonAsync<JsonElement>($"/v1/tasks/{id}");

    public async Task<JsonElement> CheckpointAsync(Guid id) => await Http.GetFromJsonAsync<JsonElement>($"/v1/checkpoints/{id}");

    /// <summary>Waits for a pending checkpoint of the task and returns its id.</summary>
    public async Task<Guid> PendingAsync(Guid task)
    {
        var id = Guid.Empty;
        await Wait.UntilAsync(
            async () =>
            {
                var items = (await Http.GetFromJsonAsync<JsonElement>($"/v1/checkpoints?status=pending&task={task}")).GetProperty("items");
                if (items.GetArrayLength() > 0)
                    id = items[0].GetProperty("id").GetGuid();
                else if ((await TaskAsync(task)).GetProperty("status").GetString() == "finished")
                    throw new InvalidOperationException($"The task ended without waiting: {await TaskAsync(task)}\n{Printed}");
                return id != Guid.Empty;
            }, () => $"no pending checkpoint of {task}\n{Printed}");
        return id;
    }

    /// <summary>Waits for the end of the task and returns its document.</summary>
    public async Task<JsonElement> FinishedAsync(Guid task)
    {
        JsonElement document = default;
        await Wait.UntilAsync(
            async () =>
            {
                document = await TaskAsync(task);
                return document.GetProperty("status").GetString() == "finished";
            }, () => $"task {task} did not end: {document}\n{Printed}");
        return document;
    }

    public Task<HttpResponseMessage> DecideAsync(Guid checkpoint, string decision, string? reason = null) =>
        Http.PostAsJsonAsync($"/v1/checkpoints/{checkpoint}/decisions", new { decision, reason });

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        Http.Dispose();
        if (!process.HasExited)
        {
            using var term = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!;
            await term.WaitForExitAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Url();
}
