namespace Navi.Cli.Live;

/// <summary>Reads a person's lines without blocking the command: a line nobody waited for any more answers the next question.</summary>
internal sealed class LineReader(TextReader input)
{
    private Task<string?>? pending;

    /// <summary>The next line; null at the end of the input.</summary>
    /// <param name="giveUp">Ends the wait early; the line, when it comes, is kept. The result is then null and <paramref name="giveUp"/> is completed.</param>
    public async Task<string?> ReadAsync(Task giveUp)
    {
        // A terminal read can't be cancelled, so it lives on a thread of its own.
        pending ??= Task.Factory.StartNew(input.ReadLine, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (await Task.WhenAny(pending, giveUp) == giveUp && !pending.IsCompleted)
            return null;
        var line = await pending;
        pending = null;
        return line;
    }
}
