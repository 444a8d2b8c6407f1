using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Navi.Drills.Staging;

/// <summary>What people ask of NAVI all the while: a small task now and then, and looks at lists. What fails is counted, not repeated.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly string repository;
    private readonly CancellationTokenSource ending = new();
    private readonly List<Task> people = [];
    private long asked;
    private long failed;

    public Traffic(Uri navi, string token, string repository)
    {
        this.repository = repository;
        http = new HttpClient { BaseAddress = navi, Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        people.Add(Task.Run(() => RepeatAsync(CreateAsync, TimeSpan.FromMilliseconds(1500), ending.Token)));
        people.Add(Task.Run(() => RepeatAsync(LookAsync, TimeSpan.FromMilliseconds(250), ending.Token)));
    }

    /// <summary>Requests made, and how many of them did not succeed.</summary>
    public (long Asked, long Failed) Counts => (Interlocked.Read(ref asked), Interlocked.Read(ref failed));

    /// <summary>More people, who want to hand over one task each and ask until it is taken or <paramref name="until"/> fires.</summary>
    public Task CrowdAsync(int count, CancellationToken until) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => HandOverAsync(until), CancellationToken.None)));

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(people);
        http.Dispose();
        ending.Dispose();
    }

    private Task<HttpResponseMessage> CreateAsync(CancellationToken cancellation) => http.PostAsJsonAsync("/v1/tasks", new { repository, task = "read the manual" }, cancellation);

    private Task<HttpResponseMessage> LookAsync(CancellationToken cancellation) => http.GetAsync("/v1/tasks?limit=5", cancellation);

    private async Task HandOverAsync(CancellationToken until)
    {
        using var taken = CancellationTokenSource.CreateLinkedTokenSource(until);
        await RepeatAsync(async cancellation =>
        {
            var response = await CreateAsync(cancellation);
            if (response.IsSuccessStatusCode)
                await taken.CancelAsync();
            return response;
        }, TimeSpan.FromMilliseconds(200), taken.Token);
    }

    private async Task RepeatAsync(Func<CancellationToken, Task<HttpResponseMessage>> ask, TimeSpan pause, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            try
            {
                Interlocked.Increment(ref asked);
                using var response = await ask(until);
                if (!response.IsSuccessStatusCode)
                    Interlocked.Increment(ref failed);
                await Task.Delay(pause, until);
            }
            catch (OperationCanceledException) when (until.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException)
            {
                Interlocked.Increment(ref failed);
                // A NAVI that restarts is asked again soon, but not at once.
                await Task.WhenAny(Task.Delay(pause, CancellationToken.None), Task.Delay(Timeout.Infinite, until));
            }
        }
    }
}
