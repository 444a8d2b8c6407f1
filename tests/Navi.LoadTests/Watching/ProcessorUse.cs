using Navi.LoadTests.World;

namespace Navi.LoadTests.Watching;

/// <summary>Seconds of processor of everything that takes part.</summary>
/// <param name="Navi">NAVI's process.</param>
/// <param name="Commands">Programs that NAVI has run to their end: sandboxes and what ran in them.</param>
/// <param name="Postgresql">The server with its backends.</param>
/// <param name="Provider">The simulated provider.</param>
/// <param name="Driver">The load driver itself.</param>
internal sealed record ProcessorUse(double Navi, double Commands, double Postgresql, double Provider, double Driver)
{
    /// <summary>All of them together.</summary>
    public double All => Navi + Commands + Postgresql + Provider + Driver;

    /// <summary>What they have used until now.</summary>
    /// <param name="world">The processes.</param>
    /// <param name="server">PostgreSQL's first process.</param>
    public static ProcessorUse Of(LoadWorld world, int server)
    {
        var (own, children) = ProcessTimes.Of(world.Navi.ProcessId);
        return new ProcessorUse(own, children + SandboxTimes.Seconds(), ProcessTimes.OfFamily(server), ProcessTimes.Of(world.Provider.ProcessId).Own, ProcessTimes.Of(Environment.ProcessId).Own);
    }

    public static ProcessorUse operator -(ProcessorUse later, ProcessorUse earlier) => new(
        later.Navi - earlier.Navi, later.Commands - earlier.Commands, later.Postgresql - earlier.Postgresql, later.Provider - earlier.Provider, later.Driver - earlier.Driver);

    /// <summary>Each divided by <paramref name="by"/>, to four digits.</summary>
    public ProcessorUse Per(double by)
    {
        return new ProcessorUse(Of(Navi), Of(Commands), Of(Postgresql), Of(Provider), Of(Driver));

        double Of(double value) => Math.Round(value / by, 4);
    }
}
