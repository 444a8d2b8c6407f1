using Microsoft.Extensions.AI;

namespace Navi.Agent.Models.Calls;

/// <summary>
/// Members of <see cref="ChatOptions.AdditionalProperties"/> that say for whom a model is called. The router takes them out before a provider's client sees the options.
/// </summary>
public static class ModelCallKeys
{
    /// <summary>Id of the task, <see cref="Guid"/>; absent for a call that belongs to no task.</summary>
    public const string Task = "navi.task";

    /// <summary>The organisation that pays, text. Required.</summary>
    public const string Organisation = "navi.organisation";

    /// <summary>The user who asked, text. Required.</summary>
    public const string User = "navi.user";

    /// <summary>Turn of the task, <see cref="int"/>; absent for a call that belongs to no turn.</summary>
    public const string Turn = "navi.turn";

    /// <summary>What the call is for, one of <see cref="ModelPhase"/>. Required.</summary>
    public const string Phase = "navi.phase";
}
