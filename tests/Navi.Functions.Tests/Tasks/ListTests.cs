using System.Net;
using System.Text.Json;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Tasks;

/// <summary>Lists of tasks: filters, pages, and what they refuse.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task Pages_WhileTasksAreAdded_HoldTheEarlierOnesOnceAndInOrder()
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        var earlier = new List<Guid>();
        for (var i = 0; i < 7; i++)
            earlier.Add(await navi.CreateAsync(task: $"task {i}"));
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await ListAsync(navi, $"limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("id").GetGuid()));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
            await navi.CreateAsync(task: "one more");
        }
        while (cursor is not null);
        Assert.Equal(earlier.AsEnumerable().Reverse(), seen);
    }

    [Fact]
    public async Task Filters_Always_HoldWhatTheySay()
    {
        await using var navi = await Slice.StartAsync((_, _) => [("finish_task", new { summary = "done", status = "refused" })]);
        var refused = await navi.CreateAsync();
        await navi.FinishedAsync(refused);
        var rules = await navi.CreateAsync("rules", task: "something that rules do not know");
        await navi.FinishedAsync(rules);
        Assert.Equal([refused], await IdsAsync(navi, "provider=scripted"));
        Assert.Equal([rules, refused], await IdsAsync(navi, "status=finished&stop_reason=refused&user=local"));
        Assert.Equal([rules, refused], await IdsAsync(navi, $"repository={Uri.EscapeDataString(navi.Repository)}&created_after=2026-01-01"));
        foreach (var none in new[] { "status=queued", "stop_reason=completed", "user=ada", "repository=elsewhere", "created_before=2026-01-01", "provider=other" })
            Assert.Empty(await IdsAsync(navi, none));
    }

    [Theory]
    [InlineData("/v1/tasks?statsu=finished", "statsu")]
    [InlineData("/v1/tasks?stop_reason=won", "stop_reason")]
    [InlineData("/v1/tasks?created_after=yesterday", "created_after")]
    [InlineData("/v1/tasks?limit=201", "limit")]
    [InlineData("/v1/tasks?user=%00", "user")]
    [InlineData("/v1/checkpoints?cursor=7", "cursor")]
    [InlineData("/v1/costs?sinse=2026-01-01", "sinse")]
    public async Task Query_ThatIsWrong_IsRefusedByName(string path, string field)
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        using var answer = await navi.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(field, JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("field").GetString());
    }

    private static async Task<IEnumerable<Guid>> IdsAsync(Slice navi, string query) =>
        (await ListAsync(navi, query)).GetProperty("items").EnumerateArray().Select(t => t.GetProperty("id").GetGuid()).ToList();

    private static async Task<JsonElement> ListAsync(Slice navi, string query) => JsonElement.Parse(await navi.Http.GetStringAsync($"/v1/tasks?{query}"));
}
