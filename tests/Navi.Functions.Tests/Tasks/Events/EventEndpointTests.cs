using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Navi.Platform.Security.Identity;
using Navi.Platform.Tasks;
using Navi.Platform.Tasks.Events.Streams;
using Navi.Testing;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Tasks.Events;

/// <summary>GET /v1/tasks/{id}/events as callers see it.</summary>
public sealed class EventEndpointTests
{
    [Fact]
    public async Task Stream_Opened_BeginsWithRetryAndMayNotBeStoredOrBuffered()
    {
        await using var navi = await StartAsync();
        var task = await WaitingAsync(navi);
        using var answer = await OpenAsync(navi, task);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream", true, "no"), (
            answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.CacheControl?.NoStore, answer.Headers.GetValues("X-Accel-Buffering").Single()));
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(["retry: 1000", "", "id: 1", "event: task_created"], [await LineAsync(lines), await LineAsync(lines), await LineAsync(lines), await LineAsync(lines)]);
        Assert.StartsWith("data: {\"seq\":1,", await LineAsync(lines));
    }

    [Theory]
    [InlineData("seven")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    [InlineData("1000000")]
    public async Task Stream_LastEventIdThatIsNone_IsRefusedByName(string value)
    {
        await using var navi = await StartAsync();
        using var answer = await OpenAsync(navi, await WaitingAsync(navi), value);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Last-Event-ID"), (answer.StatusCode, problem.GetProperty("field").GetString()));
        Assert.Contains($"'{value}'", problem.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Stream_OfAnEndedTask_EndsAndThenTellsThatThereIsNoMore()
    {
        await using var navi = await StartAsync();
        var task = await navi.CreateAsync("rules", task: "something that rules do not know");
        await navi.FinishedAsync(task);
        using var answer = await OpenAsync(navi, task);
        var text = await answer.Content.ReadAsStringAsync();
        var last = text.Split('\n').Last(l => l.StartsWith("id: ", StringComparison.Ordinal))[4..];
        using var again = await OpenAsync(navi, task, last);
        Assert.Contains("event: task_finished", text);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact]
    public async Task Stream_OfAnotherOrganisation_Is404()
    {
        await using var navi = await StartAsync();
        var task = await WaitingAsync(navi);
        using var answer = await OpenAsync(navi, task, token: Token("eve"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(0, Places(navi).Open);
    }

    [Fact]
    public async Task Stream_OverTheBoundOfAUserOrTheProcess_IsRefusedUntilOneLeaves()
    {
        await using var navi = await StartAsync(new() { ["Navi:EventStreams:MaxStreams"] = "3", ["Navi:EventStreams:MaxStreamsPerUser"] = "2" });
        var task = await WaitingAsync(navi);
        var first = await OpenAsync(navi, task);
        using var second = await OpenAsync(navi, task);
        using (var tooMany = await OpenAsync(navi, task))
            await AssertRefusalAsync(tooMany, HttpStatusCode.TooManyRequests, "urn:navi:problem:too-many-streams");
        using var other = await OpenAsync(navi, task, token: Token("bob"));
        using (var exhausted = await OpenAsync(navi, task, token: Token("bob")))
            await AssertRefusalAsync(exhausted, HttpStatusCode.ServiceUnavailable, "urn:navi:problem:streams-exhausted");

        // The client goes away; nothing is written to the stream meanwhile that would tell it.
        first.Dispose();
        await Wait.UntilAsync(() => Task.FromResult(Places(navi).Open == 2), () => "the place was not given back");
        using var again = await OpenAsync(navi, task);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (second.StatusCode, other.StatusCode, again.StatusCode));
    }

    [Fact]
    public async Task Stream_DatabaseAwayForAWhile_StaysOpenAndGoesOn()
    {
        await using var navi = await StartAsync();
        var task = await WaitingAsync(navi);
        using var answer = await OpenAsync(navi, task);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        while (await LineAsync(lines) != "event: checkpoint_opened")
        {
        }
        await navi.Database.AdmitAsync(false);
        await Wait.UntilAsync(async () => (await navi.Http.GetAsync($"/v1/tasks/{task}")).StatusCode == HttpStatusCode.ServiceUnavailable, () => "the database is not away");
        await navi.Database.AdmitAsync(true);
        await Wait.UntilAsync(async () => (await navi.Http.GetAsync($"/v1/tasks/{task}")).IsSuccessStatusCode, () => "the database did not come back");
        await navi.Services.GetRequiredService<TaskProgress>().NoteAsync(task, "back", new { }, CancellationToken.None);
        while (await LineAsync(lines) != "event: back")
        {
        }
    }

    private static async Task AssertRefusalAsync(HttpResponseMessage answer, HttpStatusCode status, string type)
    {
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal((status, "application/problem+json", type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, problem.GetProperty("type").GetString()));
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
    }

    private static async Task<string> LineAsync(StreamReader lines)
    {
        using var limit = new CancellationTokenSource(Wait.Patience);
        return await lines.ReadLineAsync(limit.Token) ?? throw new EndOfStreamException("the stream ended");
    }

    private static EventStreamPlaces Places(Slice navi) => navi.Services.GetRequiredService<EventStreamPlaces>();

    private static async Task<Guid> WaitingAsync(Slice navi)
    {
        var task = await navi.CreateAsync();
        await navi.PendingAsync(task);
        return task;
    }

    private static Task<HttpResponseMessage> OpenAsync(Slice navi, Guid task, string? after = null, string? token = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/tasks/{task}/events");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (after is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", after);
        return navi.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static string Token(string user) => user.PadRight(40, 'x');

    private static Task<Slice> StartAsync(Dictionary<string, string?>? more = null)
    {
        var settings = more ?? [];
        foreach (var (index, (user, organisation)) in new[] { ("bob", "local"), ("eve", "other") }.Index())
        {
            var at = $"Navi:Identity:Tokens:{index}";
            settings[$"{at}:Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Token(user))));
            settings[$"{at}:User"] = user;
            settings[$"{at}:Organisation"] = organisation;
            settings[$"{at}:Roles:0"] = Role.Viewer;
        }
        return Slice.StartAsync((_, _) => [("ask_person", new { question = "Which one?" })], settings);
    }
}
