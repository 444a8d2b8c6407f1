using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Navi.Functions.Tasks.Events;
using Navi.Platform.Tasks;
using Navi.Platform.Tasks.Events.Streams;
using Navi.Testing;

namespace Navi.Functions.Tests.Tasks.Events;

/// <summary>The stream's own clock: heartbeats, its end, and clients that take nothing.</summary>
public sealed class EventStreamTests : IAsyncLifetime
{
    private readonly ManualTime time = new();
    private readonly Pipe pipe = new();
    private TestPlatform platform = null!;
    private TaskEventWatcher watcher = null!;
    private TaskRow task = null!;

    public async ValueTask InitializeAsync()
    {
        platform = await TestPlatform.CreateAsync();
        watcher = new TaskEventWatcher(platform.Events, Options.Create(new EventStreamOptions()), time, NullLogger<TaskEventWatcher>.Instance);
        task = await platform.CreateTaskAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await watcher.DisposeAsync();
        await platform.DisposeAsync();
    }

    [Fact]
    public async Task RunAsync_NothingHappens_SaysEveryTenSecondsThatItLivesAndEndsAfterThreeMinutes()
    {
        using var feed = watcher.Follow("acme", task.Id, 1, 1);
        var running = new EventStream(feed, null, time).RunAsync(pipe.Writer.AsStream(), CancellationToken.None);
        Assert.Equal("retry: 1000\n\n", await ReadAsync());
        for (var beat = 1; beat <= 18; beat++)
        {
            await time.IsWaitedForAsync(TimeSpan.FromSeconds(10));
            Assert.False(running.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(": alive\n\n", await ReadAsync());
        }
        Assert.True(await running.WaitAsync(Wait.Patience));
    }

    [Fact]
    public async Task RunAsync_TaskHadEnded_WritesEveryEventAndEnds()
    {
        await platform.Progress.FinishAsync(task.Id, "completed", "done", CancellationToken.None);
        await platform.Progress.NoteAsync(task.Id, "straggler", new { }, CancellationToken.None);
        using var feed = watcher.Follow("acme", task.Id, 0, 3);
        Assert.True(await new EventStream(feed, 3, time).RunAsync(pipe.Writer.AsStream(), CancellationToken.None));
        await pipe.Writer.CompleteAsync();
        var text = await ReadAsync();
        Assert.Equal(["id: 1", "id: 2", "id: 3"], text.Split('\n').Where(l => l.StartsWith("id:", StringComparison.Ordinal)));
        Assert.EndsWith("\n\n", text);
    }

    [Fact]
    public async Task RunAsync_ClientTakesNothingForHalfAMinute_GivesItUp()
    {
        for (var n = 0; n < 20; n++)
            await platform.Progress.NoteAsync(task.Id, "note", new { Text = new string('x', 10_000) }, CancellationToken.None);
        using var feed = watcher.Follow("acme", task.Id, 0, 21);
        // The pipe takes 64 KiB and then waits for its reader, as a connection does.
        var running = new EventStream(feed, null, time).RunAsync(pipe.Writer.AsStream(), CancellationToken.None);
        await Wait.UntilAsync(() => Task.FromResult(pipe.Reader.TryRead(out var read) && Untouched(read) >= 65_536), () => "the pipe did not fill");
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(running.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await running.WaitAsync(Wait.Patience));
    }

    private long Untouched(ReadResult read)
    {
        var length = read.Buffer.Length;
        pipe.Reader.AdvanceTo(read.Buffer.Start);
        return length;
    }

    private async Task<string> ReadAsync()
    {
        using var limit = new CancellationTokenSource(Wait.Patience);
        var read = await pipe.Reader.ReadAsync(limit.Token);
        var text = Encoding.UTF8.GetString(read.Buffer);
        pipe.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }
}
