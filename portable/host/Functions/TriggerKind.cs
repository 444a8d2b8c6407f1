namespace Navi.Portable.Host.Functions;

internal enum TriggerKind
{
    Http,
    Timer,
    Orchestration,
    Activity,
}
