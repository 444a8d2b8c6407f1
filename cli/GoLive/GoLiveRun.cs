using System.Text.Json;
using Navi.Cli.Api;
using Navi.Cli.SignIn;

namespace Navi.Cli.GoLive;

/// <summary>Looks at every item, one after the other, each within a bound of its own. One that fails does not keep the others from being looked at.</summary>
internal sealed class GoLiveRun(GoLiveTarget target, Confirmations confirmations)
{
    // The smoke test does a task to its end.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Looks, and tells of each item as it is known.</summary>
    public async Task<IReadOnlyList<GoLiveResult>> RunAsync(Action<GoLiveSection> begins, Action<GoLiveItem, GoLiveResult> told, CancellationToken cancellation)
    {
        var results = new List<GoLiveResult>();
        foreach (var section in Checklist.Sections)
        {
            begins(section);
            foreach (var item in section.Items)
            {
                var began = target.Time.GetTimestamp();
                var verdict = await LookAsync(item, cancellation);
                // A person answers for what can't be seen, never for what was seen to be wrong.
                if (verdict.State == GoLiveState.Person && confirmations.Of(item.Id) is { } confirmation)
                    verdict = new Verdict(GoLiveState.Confirmed, confirmation);
                // Kept answers must tell of which system they are.
                var place = item.PlaceOf(target) is { } where ? $" [{where}]" : "";
                results.Add(new GoLiveResult(item.Id, verdict.State.ToString().ToLowerInvariant(), verdict.Evidence + place, (long)target.Time.GetElapsedTime(began).TotalMilliseconds));
                told(item, results[^1]);
            }
        }
        return results;
    }

    private async Task<Verdict> LookAsync(GoLiveItem item, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        try
        {
            return await item.LookAsync(target, limit.Token);
        }
        catch (Exception e) when (e is GoLiveFailure or ApiException or UnreachableException or CliException or OAuthException)
        {
            return Verdict.Failed(e.Message.ReplaceLineEndings(" "));
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or ArgumentException or IOException or UnauthorizedAccessException or NullReferenceException or JsonException)
        {
            // What was asked is not what it should be, such as another program's address.
            return Verdict.Failed($"what was found there can't be read: {e.Message.ReplaceLineEndings(" ")}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Verdict.Failed($"it was not known after {Longest.TotalMinutes:0} minutes");
        }
    }
}
