using Navi.Drills.GoLive.Faults;

namespace Navi.Drills.GoLive;

/// <summary>Ways in which a deployment is not ready, each really made. Those of a round are planted at once, each in a system of its own; no round has two of one item.</summary>
internal static class PlantedFaults
{
    public static IReadOnlyList<IReadOnlyList<PlantedFault>> Rounds { get; } =
    [
        [EntranceFaults.Certificate, EntranceFaults.OpenDoor, EntranceFaults.OldDocument, EntranceFaults.NoDiscovery, RecordFaults.NoSpike, RecordFaults.SlowCalls, DatabaseFaults.FullPool],
        [WatchFaults.OtherThreshold, WatchFaults.LostProcess, WatchFaults.DroppedSeries, WatchFaults.NoRouteForPages, WatchFaults.MissingDashboard, EntranceFaults.AddressForName],
        [DatabaseFaults.PlainSession, DatabaseFaults.NoArchive, DatabaseFaults.NoSlowLog, DatabaseFaults.Unbound, DatabaseFaults.FullServer],
        [ServiceFaults.OpenError, ServiceFaults.OldProcess, ServiceFaults.OldKey, ServiceFaults.DamagedValue, ServiceFaults.NoProvider, ServiceFaults.NoRepository, DatabaseFaults.ChangedMigration],
        [WatchFaults.MissingRules, WatchFaults.Page, WatchFaults.WrongToken, DatabaseFaults.ForeignMigration],
    ];
}
