namespace Navi.Portable.Durable.Engine;

/// <summary>What an inbox row asks of an instance. The numbers are stored: never reuse one.</summary>
internal enum MessageKind : short
{
    Start = 1,
    ActivityCompleted = 2,
    ActivityFailed = 3,
    TimerFired = 4,
    EventRaised = 5,
    SubOrchestrationCompleted = 6,
    SubOrchestrationFailed = 7,
    Suspend = 8,
    Resume = 9,
    Terminate = 10,
    Rewind = 11,
}
