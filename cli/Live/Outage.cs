using System.Runtime.ExceptionServices;
using Navi.Cli.Api;
using Navi.Cli.Output;

namespace Navi.Cli.Live;

/// <summary>Says once that NAVI is gone, or has no room, and once that it is back, and gives up when it stays so.</summary>
internal sealed class Outage(Screen screen, TimeSpan patience)
{
    private System.Diagnostics.Stopwatch? since;

    /// <exception cref="UnreachableException">The patience is over.</exception>
    public void Note(UnreachableException e) => Note(e, "NAVI or its database can't be reached");

    /// <exception cref="ApiException">The patience is over.</exception>
    public void Note(ApiException e) => Note(e, "NAVI has no room for this now");

    public void Over()
    {
        if (since is not null)
            screen.Line("NAVI answers again.", Tone.Good);
        since = null;
    }

    private void Note(Exception e, string what)
    {
        if (since is null)
        {
            since = System.Diagnostics.Stopwatch.StartNew();
            screen.Line($"{what}; trying for {Durations.Say(patience)}. Nothing is lost: the task stays as it is. ({e.Message})", Tone.Warning);
        }
        if (since.Elapsed > patience)
            ExceptionDispatchInfo.Throw(e);
    }
}
