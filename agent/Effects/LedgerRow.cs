namespace Navi.Agent.Effects;

/// <summary>One row of the effect ledger (<c>navi.tool_calls</c>). Times are UTC.</summary>
public sealed class LedgerRow
{
    /// <summary>Organisation of the task.</summary>
    public string OrgId { get; init; } = "";

    /// <summary>The task.</summary>
    public Guid TaskId { get; init; }

    /// <summary>Our id: turn and index, or turn and <c>model</c>.</summary>
    public string CallId { get; init; } = "";

    /// <summary>Model turn, from 0.</summary>
    public int Turn { get; init; }

    /// <summary>Place within the turn, from 0; −1 for the model call itself.</summary>
    public int Index { get; init; }

    /// <summary>Tool's name; <c>model</c> for a model call.</summary>
    public string Tool { get; init; } = "";

    /// <summary>JSON of the arguments as the model gave them.</summary>
    public string Arguments { get; init; } = "{}";

    /// <summary>Name of the <see cref="EffectClass"/>.</summary>
    public string Effect { get; init; } = "";

    /// <summary><c>allow</c>, <c>approve</c>, <c>deny</c> or <c>invalid</c>.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>The policy rule behind the verdict.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Digest of the policy that decided.</summary>
    public string PolicyDigest { get; init; } = "";

    /// <summary><c>planned</c>, <c>started</c>, <c>done</c>, <c>rejected</c>, <c>in_doubt</c> or <c>cancelled</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>How often it was started.</summary>
    public int Attempt { get; init; }

    /// <summary>The commit that every attempt starts from.</summary>
    public string? ParentCommit { get; init; }

    /// <summary>The commit after it; the parent's when nothing changed.</summary>
    public string? Commit { get; init; }

    /// <summary>Digest of the stored result.</summary>
    public string? ResultDigest { get; init; }

    /// <summary>The result is an error that the model can act on.</summary>
    public bool? IsError { get; init; }

    /// <summary>What was mended in the model's arguments before they were checked; null when nothing was.</summary>
    public string? Repair { get; init; }

    /// <summary>Made by the task that this one was forked from: history that is never run here.</summary>
    public bool Inherited { get; init; }

    /// <summary>The gate before it.</summary>
    public Guid? CheckpointId { get; init; }

    /// <summary>First start.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>When the current attempt's time is over.</summary>
    public DateTime? DeadlineAt { get; init; }

    /// <summary>When its result was stored.</summary>
    public DateTime? FinishedAt { get; init; }

    /// <summary>The current attempt's time was over, by the database's clock, when the row was read.</summary>
    public bool Overdue { get; init; }
}
