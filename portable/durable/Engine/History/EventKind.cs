namespace Navi.Portable.Durable.Engine;

/// <summary>What a history row records. The numbers are stored: never reuse one.</summary>
internal enum EventKind : short
{
    TurnStarted = 1,
    ExecutionStarted = 2,
    ActivityScheduled = 3,
    ActivityCompleted = 4,
    ActivityFailed = 5,
    TimerCreated = 6,
    TimerFired = 7,
    SubOrchestrationScheduled = 8,
    SubOrchestrationCompleted = 9,
    SubOrchestrationFailed = 10,
    EventRaised = 11,
    EventSent = 12,
    ExecutionCompleted = 13,
    Rewound = 14,
}
