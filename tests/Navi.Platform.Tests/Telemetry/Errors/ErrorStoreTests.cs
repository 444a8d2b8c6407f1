using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Hosting;
using Navi.Platform.Telemetry.Errors;
using Navi.Platform.Telemetry.Events;
using Navi.Testing;

namespace Navi.Platform.Tests.Telemetry.Errors;

public sealed class ErrorStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Write_SameSignature_IsOneRowThatCounts()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var store = Store(platform);

        await store.WriteAsync(Groups((Noon, "first"), (Noon.AddMinutes(1), "second")), CancellationToken.None);
        await store.WriteAsync(Groups([.. Enumerable.Range(2, 6).Select(n => (Noon.AddMinutes(n), $"{n} s later"))]), CancellationToken.None);

        var row = Assert.Single(await ListAsync(store));
        Assert.Equal((8, Noon.UtcDateTime, Noon.AddMinutes(7).UtcDateTime), (row.Occurrences, row.FirstSeen, row.LastSeen));
        Assert.Equal(["7 s later", "6 s later", "5 s later", "4 s later", "3 s later"], row.ReadSamples().Select(s => s.Message));
    }

    [Fact]
    public async Task Write_AfterResolution_OpensAgainAndSaysSo()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var store = Store(platform);
        await store.WriteAsync(Groups((Noon, "x")), CancellationToken.None);
        var id = (await ListAsync(store)).Single().Id;
        var resolved = await store.ResolveAsync(Scope.Of("acme"), id, "olga", "mended", CancellationToken.None);
        Assert.True(resolved is { Resolved: true, ResolvedBy: "olga" } && resolved.Notes!.EndsWith("olga: mended", StringComparison.Ordinal));

        // What happened before the resolution and is written late does not speak against it.
        await store.WriteAsync(Groups((Noon.AddHours(1), "late")), CancellationToken.None);
        Assert.True((await ListAsync(store)).Single() is { Resolved: true, Occurrences: 2, Reopenings: 0 });

        await store.WriteAsync(Groups((new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero), "again")), CancellationToken.None);
        var again = (await ListAsync(store)).Single();
        Assert.True(again is { Resolved: false, ResolvedAt: null, ResolvedBy: null, Reopenings: 1, ReopenedBy: null } && again.ReopenedAt is not null && again.Notes is not null);
    }

    [Fact]
    public async Task Reopen_ByAPerson_NamesThem()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var store = Store(platform);
        await store.WriteAsync(Groups((Noon, "x")), CancellationToken.None);
        var id = (await ListAsync(store)).Single().Id;
        Assert.True(await store.ReopenAsync(Scope.Of("acme"), id, "olga", null, CancellationToken.None) is { Reopenings: 0, ReopenedBy: null });
        await store.ResolveAsync(Scope.Of("acme"), id, "olga", null, CancellationToken.None);
        Assert.True(await store.ReopenAsync(Scope.Of("acme"), id, "paul", "not so", CancellationToken.None) is { Resolved: false, Reopenings: 1, ReopenedBy: "paul" });
    }

    [Fact]
    public async Task Rows_OfAnotherOrganisation_AreNeitherSeenNorChanged()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var store = Store(platform);
        await store.WriteAsync(Groups((Noon, "x")), CancellationToken.None);
        var id = (await ListAsync(store)).Single().Id;

        Assert.Empty(await store.ListAsync(Scope.Of("other"), new ErrorQuery(), null, 10, CancellationToken.None));
        Assert.Null(await store.FindAsync(Scope.Of("other"), id, CancellationToken.None));
        Assert.Null(await store.ResolveAsync(Scope.Of("other"), id, "eve", "mine", CancellationToken.None));
        Assert.True(await store.FindAsync(Scope.Of("acme"), id, CancellationToken.None) is { Resolved: false, Notes: null });
    }

    [Fact]
    public async Task Write_SecretsAndPeople_AreTakenOut()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var store = Store(platform);
        var book = new ErrorBook();
        book.TryAdd(Noon, new ErrorReport("c", "o", "T", "Host=db;Password=hunter2;Database=x at /home/ada/x\0\ud800") { Organisation = "acme", Stack = "at f (https://u:hunter2@example.com/a.js:1:2)" });
        await store.WriteAsync(book.Take(), CancellationToken.None);

        var row = (await ListAsync(store)).Single();
        Assert.Equal("Host=db;Password=[redacted];Database=x at ~/x\uFFFD\uFFFD", row.Message);
        Assert.DoesNotContain("hunter2", row.Stack + row.Samples, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prune_OldAndSurplusGroups_Go()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var now = TimeProvider.System.GetUtcNow();
        var book = new ErrorBook();
        book.TryAdd(now.AddDays(-200), new ErrorReport("c", "old", "T", "x") { Organisation = "acme" });
        for (var i = 0; i < 105; i++)
            book.TryAdd(now.AddMinutes(-i), new ErrorReport("c", $"o{i}", "T", "x") { Organisation = "acme" });
        var store = Store(platform, new ErrorOptions { MostGroups = 100 });
        await store.WriteAsync(book.Take(), CancellationToken.None);

        Assert.Equal(6, await store.PruneAsync(CancellationToken.None));
        var left = (await ListAsync(store)).Select(e => e.Operation).ToList();
        Assert.Equal(100, left.Count);
        Assert.DoesNotContain("o100", left);
    }

    [Fact]
    public async Task Prune_GroupsOfClients_DisplaceNoneOfNavisOwn()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var now = TimeProvider.System.GetUtcNow();
        var book = new ErrorBook();
        for (var i = 0; i < 60; i++)
            book.TryAdd(now.AddHours(-1), new ErrorReport("http", $"o{i}", "T", "x") { Organisation = "acme" });
        var store = Store(platform, new ErrorOptions { MostGroups = 100 });
        await store.WriteAsync(book.Take(), CancellationToken.None);
        foreach (var source in TelemetrySources.All)
        {
            for (var i = 0; i < 40; i++)
                book.TryAdd(now, new ErrorReport(source, $"o{i}", "T", "x") { Organisation = "acme", FromClient = true });
            await store.WriteAsync(book.Take(), CancellationToken.None);
        }

        Assert.Equal(60, await store.PruneAsync(CancellationToken.None));
        Assert.Equal(60, (await ListAsync(store)).Count(e => e.Component == "http"));
    }

    [Fact]
    public async Task List_GroupThatCameAgain_IsFirstAndTurnsNoPageBack()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var store = Store(platform);
        await WriteAsync(("old", 0), ("middle", 1), ("twin", 2), ("new", 2));
        await WriteAsync(("old", 3));

        var all = await ListAsync(store);
        Assert.Equal("old", all[0].Operation);
        Assert.Equal("middle", all[3].Operation);
        Assert.True(all[1].Id.CompareTo(all[2].Id) > 0, "of those that came at once the newest group is first");
        foreach (var at in Enumerable.Range(0, 3))
        {
            var next = await store.ListAsync(Scope.Of("acme"), new ErrorQuery(), new ErrorCursor(all[at].LastSeen, all[at].Id), 200, CancellationToken.None);
            Assert.Equal(all.Skip(at + 1).Select(e => e.Id), next.Select(e => e.Id));
        }

        // The page's last group comes again before the next page is asked for.
        var page = new ErrorCursor(all[1].LastSeen, all[1].Id);
        await WriteAsync((all[1].Operation, 4));
        Assert.Equal(all.Skip(2).Select(e => e.Id), (await store.ListAsync(Scope.Of("acme"), new ErrorQuery(), page, 200, CancellationToken.None)).Select(e => e.Id));

        async Task WriteAsync(params (string Operation, int Minute)[] errors)
        {
            var book = new ErrorBook();
            foreach (var (operation, minute) in errors)
                book.TryAdd(Noon.AddMinutes(minute), new ErrorReport("c", operation, "T", "x") { Organisation = "acme" });
            await store.WriteAsync(book.Take(), CancellationToken.None);
        }
    }

    internal static ErrorStore Store(TestPlatform platform, ErrorOptions? options = null) =>
        new(platform.Database, Options.Create(new NaviOptions { Environment = "Local", Home = "/" }), Options.Create(options ?? new ErrorOptions()), TimeProvider.System);

    private static IReadOnlyList<ErrorGroup> Groups(params (DateTimeOffset At, string Message)[] occurrences)
    {
        var book = new ErrorBook();
        foreach (var (at, message) in occurrences)
            Assert.True(book.TryAdd(at, new ErrorReport("c", "o", "T", message) { Organisation = "acme", User = "ada", Stack = "at f" }));
        return book.Take();
    }

    private static Task<List<ErrorRow>> ListAsync(ErrorStore store) => store.ListAsync(Scope.Of("acme"), new ErrorQuery(), null, 200, CancellationToken.None);
}
