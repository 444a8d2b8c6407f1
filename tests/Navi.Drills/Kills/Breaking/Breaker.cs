using Navi.Drills.Kills.Judging;
using Navi.Testing.Postgres;

namespace Navi.Drills.Kills.Breaking;

/// <summary>Lets one fault after the other happen.</summary>
/// <param name="fleet">Whom.</param>
/// <param name="world">Knows what they are doing.</param>
/// <param name="server">The database's server.</param>
/// <param name="random">Chooses victims and moments.</param>
internal sealed class Breaker(Fleet fleet, World world, RestartableCluster server, Random random)
{
    private static readonly TimeSpan TrapPatience = TimeSpan.FromSeconds(5);
    // Of so many kills one comes while another worker may still be starting.
    private const int Rushed = 4;

    private static readonly TimeSpan TakeoverPatience = TimeSpan.FromSeconds(10);

    /// <summary>Faults that happened.</summary>
    public Dictionary<FaultKind, int> Happened { get; } = [];

    /// <summary>From each SIGKILL with work in hand to the first next step that was committed elsewhere; null when none was within ten seconds. Whole: no other worker was being started then, or had been just before.</summary>
    public List<(TimeSpan? First, Takeover Takeover, bool Whole)> Takeovers { get; } = [];

    public int Kills => Happened.Where(h => h.Key is FaultKind.KilledAtRandom or FaultKind.KilledBeforeEffect or FaultKind.KilledAfterEffect or FaultKind.KilledAfterCommit).Sum(h => h.Value);

    /// <summary>Lets a fault happen and waits until others have gone on.</summary>
    public async Task BreakAsync(FaultKind kind, CancellationToken cancellation)
    {
        await Task.Delay(random.Next(100, 700), cancellation);
        // A process that starts takes half of a small machine, and what it takes over itself waits for its compiler: such a takeover measures the start.
        var kill = kind is FaultKind.KilledAtRandom or FaultKind.KilledBeforeEffect or FaultKind.KilledAfterEffect or FaultKind.KilledAfterCommit;
        var victim = await fleet.VictimAsync(random, kill && Kills % Rushed != Rushed - 1, cancellation);
        switch (kind)
        {
            case FaultKind.KilledAtRandom or FaultKind.KilledBeforeEffect or FaultKind.KilledAfterEffect or FaultKind.KilledAfterCommit:
                kind = await KillAsync(victim, kind, cancellation);
                break;
            case FaultKind.Paused:
                if (!await AtAsync(world.TrapAsync(victim.Name, "begin", _ => victim.Pause()), world.Untrap, cancellation))
                    victim.Pause();
                await Task.Delay(KillOptions.BeyondLease, cancellation);
                victim.Continue();
                break;
            case FaultKind.CutOff:
                if (!await AtAsync(world.TrapAsync(victim.Name, "begin", _ => victim.Proxy.Freeze()), world.Untrap, cancellation))
                    victim.Proxy.Freeze();
                await Task.Delay(KillOptions.BeyondLease, cancellation);
                victim.Proxy.Thaw();
                break;
            case FaultKind.ConnectionsDropped:
                victim.Proxy.DropAll();
                break;
            case FaultKind.AnswerLost:
                if (!await AtAsync(victim.Proxy.LoseNextCommitAsync(IsTurnOrResult), victim.Proxy.Disarm, cancellation))
                    return;
                break;
            default:
                await server.RestartAsync(kind == FaultKind.ServerCrashed ? "immediate" : "fast", cancellation);
                break;
        }
        Happened[kind] = Happened.GetValueOrDefault(kind) + 1;
    }

    // Claims alone are no writing of work done.
    private static bool IsTurnOrResult(string sql) => sql.Contains("INSERT INTO durable.", StringComparison.OrdinalIgnoreCase);

    private async Task<FaultKind> KillAsync(WorkerSlot victim, FaultKind kind, CancellationToken cancellation)
    {
        Takeover? takeover = null;
        var whole = false;
        void Kill(WorldEntry? said)
        {
            whole = fleet.IsWhole;
            takeover = world.Watch(victim.Name, said);
            victim.Kill();
        }
        var atPoint = kind switch
        {
            FaultKind.KilledBeforeEffect => await AtAsync(world.TrapAsync(victim.Name, "begin", Kill), world.Untrap, cancellation),
            FaultKind.KilledAfterEffect => await AtAsync(world.TrapAsync(victim.Name, "effect", Kill), world.Untrap, cancellation),
            FaultKind.KilledAfterCommit => await AtAsync(victim.Proxy.LoseNextCommitAsync(IsTurnOrResult, () => Kill(null)), victim.Proxy.Disarm, cancellation),
            _ => false,
        };
        if (!atPoint)
            Kill(null);
        try
        {
            if (takeover!.HadWork)
                Takeovers.Add((await takeover.First.WaitAsync(TakeoverPatience, cancellation), takeover, whole));
        }
        catch (TimeoutException)
        {
            Takeovers.Add((null, takeover!, whole));
        }
        fleet.Replace(victim, cancellation);
        return atPoint ? kind : FaultKind.KilledAtRandom;
    }

    /// <summary>Whether it came to what was armed; else it is disarmed.</summary>
    private static async Task<bool> AtAsync(Task sprung, Func<bool> disarm, CancellationToken cancellation)
    {
        try
        {
            await sprung.WaitAsync(TrapPatience, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            if (disarm())
                return false;
            // Between the time-out and here it came to it.
            await sprung;
            return true;
        }
    }
}
