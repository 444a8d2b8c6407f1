using System.Globalization;
using Navi.Cli.Api;
using Navi.Cli.Output;

namespace Navi.Cli.Live;

/// <summary>A task as it goes: a line per event and, at a terminal, one line below them that tells what runs now and what it has used so far.</summary>
internal sealed class Timeline : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly Screen screen;
    private readonly EventLines lines;
    private readonly TimeProvider time;
    private readonly Func<CancellationToken, Task<TaskView>> look;
    private readonly CancellationTokenSource ending = new();
    private readonly Lock gate = new();
    private readonly ITimer? ticker;
    private readonly Dictionary<string, (string Tool, DateTimeOffset At)> running = [];
    private DateTimeOffset? began;
    private DateTimeOffset latest;
    private long heard;
    private string? turn;
    private bool silent = true;
    private TaskView? used;

    /// <param name="screen">Where to.</param>
    /// <param name="time">The clock of the moving line.</param>
    /// <param name="look">Reads the task, for what it has used.</param>
    public Timeline(Screen screen, TimeProvider time, Func<CancellationToken, Task<TaskView>> look)
    {
        this.screen = screen;
        this.time = time;
        this.look = look;
        lines = new EventLines(screen);
        if (screen.CanRedraw)
            ticker = time.CreateTimer(_ => Draw(), null, Tick, Tick);
    }

    public void Show(EventView e)
    {
        lock (gate)
        {
            began ??= e.At;
            latest = e.At;
            heard = time.GetTimestamp();
            Note(e);
        }
        lines.Show(e);
        if (e.Type == "model_turn" && ticker is not null)
            _ = LookAsync();
        Draw();
    }

    public void Dispose()
    {
        ending.Cancel();
        lock (gate)
            silent = true;
        ticker?.Dispose();
        screen.Status(null);
    }

    private void Note(EventView e)
    {
        // A person who types must not have a line move under the cursor.
        silent = e.Type is "checkpoint_opened" or "task_finished";
        if (e.Text("call_id") is { } call && e.Type == "call_started")
            running[call] = (e.Text("tool") ?? "", e.At);
        else if (e.Text("call_id") is { } ended && e.Type == "call_finished")
            running.Remove(ended);
        turn = e.Text("turn") ?? turn;
    }

    private async Task LookAsync()
    {
        try
        {
            var task = await look(ending.Token);
            lock (gate)
                used = task;
        }
        catch (Exception e) when (e is ApiException or UnreachableException or CliException or OperationCanceledException or ObjectDisposedException)
        {
            // The line goes on without it; the events meet the outage and say so.
        }
    }

    private void Draw()
    {
        if (ticker is null)
            return;
        lock (gate)
            screen.Status(silent || began is null ? null : Say(began.Value));
    }

    private string Say(DateTimeOffset start)
    {
        // The server's clock between its events, this one's since the last.
        var now = latest + time.GetElapsedTime(heard);
        var parts = new List<string> { $"… {Durations.Say(now - start)}" };
        if (turn is not null)
            parts.Add($"turn {turn}");
        parts.AddRange(running.Values.Take(3).Select(r => $"{(r.Tool == "model" ? "thinking" : r.Tool)} {Durations.Say(now - r.At)}"));
        if (used is { InputTokens: > 0 })
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{used.InputTokens:N0} tokens in, {used.OutputTokens ?? 0:N0} out · {Money.Say(used.Cost)}"));
        return string.Join(" · ", parts);
    }
}
