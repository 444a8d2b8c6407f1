using Navi.Cli.Api;
using Navi.Cli.Output;

namespace Navi.Cli.Live;

/// <summary>Says once that NAVI is gone and once that it is back, and gives up when it stays away.</summary>
internal sealed class Outage(Screen screen, TimeSpan patience)
{
    private System.Diagnostics.Stopwatch? since;

    public bool IsOn => since is not null;

    /// <exception cref="UnreachableException">The patience is over.</exception>
    public void Note(UnreachableException e)
    {
        if (since is null)
        {
            since = System.Diagnostics.Stopwatch.StartNew();
            screen.Line($"NAVI or its database can't be reached; trying for {Durations.Say(patience)}. Nothing is lost: the task stays as it is. ({e.Message})", Tone.Warning);
        }
        if (since.Elapsed > patience)
            throw e;
    }

    public void Over()
    {
        if (since is not null)
            screen.Line("NAVI answers again.", Tone.Good);
        since = null;
    }
}
