using Microsoft.Extensions.Logging;
using Navi.Platform.Data;

namespace Navi.Platform.Security.Encryption.Rewrapping;

/// <summary>
/// Wraps the data keys of all envelopes by the key of now. The values themselves are neither read nor changed, and stay bound to their rows. Any number of processes may do so at once, beside those that write:
/// an envelope is replaced only while it is the one that was read. A run that was broken off is taken up by the next one.
/// </summary>
public sealed partial class EnvelopeRewrap(NaviDatabase database, EnvelopeCipher cipher, WrappingKeys wrapping, ILogger<EnvelopeRewrap> logger)
{
    private const int Batch = 100;
    private const int MostProblems = 10;

    /// <summary>Wraps up to <paramref name="most"/> envelopes anew. One that can't be is passed over and told of.</summary>
    /// <exception cref="EncryptionKeyException">The key of now can't be used; nothing was changed.</exception>
    public async Task<RewrapOutcome> RunAsync(int most, CancellationToken cancellation)
    {
        await wrapping.CheckAsync(cancellation);
        var run = new Run(wrapping.CurrentHead, most);
        try
        {
            foreach (var column in EnvelopedColumns.All)
                await RunAsync(column, run, cancellation);
        }
        catch (Exception e) when (KeyServiceFailure.Is(e))
        {
            // Asking it for the next one would be no better.
            run.Problems.Add($"The run was broken off. {KeyServiceFailure.Say(e)}");
            LogStopped(e);
        }
        var left = await LeftAsync(cancellation);
        if (run.Rewrapped > 0)
            LogRewrapped(run.Rewrapped, wrapping.CurrentId, left);
        foreach (var problem in run.Problems)
            LogProblem(problem);
        return new RewrapOutcome(wrapping.CurrentId, run.Rewrapped, run.Overtaken, left, [.. run.Problems]);
    }

    private async Task RunAsync(EnvelopedColumn column, Run run, CancellationToken cancellation)
    {
        for (string[]? after = null; run.Rewrapped < run.Most;)
        {
            var size = Math.Min(Batch, run.Most - run.Rewrapped);
            var rows = await database.RunAsync(Scope.System, c => EnvelopeStore.OthersAsync(c, column, run.Head, after, size, cancellation), cancellation);
            foreach (var row in rows)
                await RewrapAsync(column, row, run, cancellation);
            if (rows.Count < size)
                return;
            after = rows[^1].Key;
        }
    }

    private async Task RewrapAsync(EnvelopedColumn column, EnvelopeRow row, Run run, CancellationToken cancellation)
    {
        byte[]? replacement;
        try
        {
            // Outside of any transaction: the wrapping key may be a network away.
            replacement = await cipher.RewrapAsync(row.Envelope, cancellation);
        }
        catch (CipherException e)
        {
            if (run.Problems.Count < MostProblems)
                run.Problems.Add($"{column.Table}.{column.Column}: {e.Message}");
            return;
        }
        if (replacement is not null && await database.RunAsync(Scope.System, c => EnvelopeStore.ReplaceAsync(c, column, row, replacement, cancellation), cancellation))
            run.Rewrapped++;
        else
            run.Overtaken++;
    }

    private async Task<long> LeftAsync(CancellationToken cancellation)
    {
        long left = 0;
        foreach (var column in EnvelopedColumns.All)
            left += (await database.RunAsync(Scope.System, c => EnvelopeStore.CountAsync(c, column, cancellation), cancellation)).Where(c => c.KeyId != wrapping.CurrentId).Sum(c => c.Envelopes);
        return left;
    }

    [LoggerMessage(4241, LogLevel.Information, "{Count} envelopes are now wrapped by the key '{Key}'; {Left} are left.")]
    private partial void LogRewrapped(int count, string key, long left);

    [LoggerMessage(4242, LogLevel.Warning, "An envelope could not be wrapped anew: {Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(4243, LogLevel.Warning, "Wrapping anew was broken off; the next run goes on.")]
    private partial void LogStopped(Exception exception);

    private sealed class Run(byte[] head, int most)
    {
        public byte[] Head { get; } = head;

        public int Most { get; } = most;

        public int Rewrapped { get; set; }

        public int Overtaken { get; set; }

        public HashSet<string> Problems { get; } = [];
    }
}
