namespace Navi.Benchmarks.Model;

/// <summary>The figures of a run; every task that was begun and every attempt at the model counts.</summary>
/// <param name="Asked">Tasks that were asked for.</param>
/// <param name="Begun">Tasks that were begun.</param>
/// <param name="Delivered">Of these, checked from outside and found to be what was asked.</param>
/// <param name="Kinds">By kind: begun and delivered.</param>
/// <param name="StopReasons">How NAVI says they ended.</param>
/// <param name="FalseCompletions">Tasks that NAVI calls completed and the checks do not.</param>
/// <param name="Attempts">Attempts at a model.</param>
/// <param name="Errors">Attempts without an answer, by kind.</param>
/// <param name="Throttled">Of these, refused for too many requests.</param>
/// <param name="Models">Attempts by provider entry and model.</param>
/// <param name="Call">Time of an attempt, failed ones included.</param>
/// <param name="FirstToken">Time to an answer's first token.</param>
/// <param name="Step">From the beginning of a model's turn to that of the next; of the last one to the task's end.</param>
/// <param name="Task">From handing over to the end, unfinished tasks with the time they had.</param>
/// <param name="ModelShare">Share of the tasks' time in which the model answered.</param>
/// <param name="Turns">Model turns of a task, as a mean.</param>
/// <param name="InputTokens">Tokens read, cached ones included.</param>
/// <param name="CachedTokens">Of these, from the provider's cache.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="CostUsd">The price of all attempts.</param>
/// <param name="Unpriced">Attempts without a known price or count.</param>
/// <param name="Seconds">Time of everything.</param>
/// <param name="Stopped">Why not all tasks were begun; null when they were.</param>
internal sealed record ModelSummary(
    int Asked, int Begun, int Delivered, IReadOnlyDictionary<string, int[]> Kinds, IReadOnlyDictionary<string, int> StopReasons, int FalseCompletions,
    int Attempts, IReadOnlyDictionary<string, int> Errors, int Throttled, IReadOnlyDictionary<string, int> Models, Spread Call, Spread FirstToken, Spread Step, Spread Task, double ModelShare, double Turns,
    long InputTokens, long CachedTokens, long OutputTokens, decimal CostUsd, int Unpriced, double Seconds, string? Stopped);
