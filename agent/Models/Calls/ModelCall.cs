using Microsoft.Extensions.AI;
using Navi.Platform.Tasks;

namespace Navi.Agent.Models.Calls;

/// <summary>For whom and for what a model is called.</summary>
/// <param name="TaskId">The task; null when the call belongs to none.</param>
/// <param name="Organisation">Organisation that pays.</param>
/// <param name="User">User who asked.</param>
/// <param name="Turn">Turn of the task; null when the call belongs to none.</param>
/// <param name="Phase">One of <see cref="ModelPhase"/>.</param>
public sealed record ModelCall(Guid? TaskId, string Organisation, string User, int? Turn, string Phase)
{
    /// <summary>A call on behalf of a task.</summary>
    public static ModelCall Of(TaskRow task, int turn, string phase) => new(task.Id, task.OrgId, task.UserId, turn, phase);

    /// <summary>Reads what <see cref="PutInto"/> wrote.</summary>
    /// <exception cref="ArgumentException">The options do not say for whom the call is: it could not be recorded, so it is not made.</exception>
    public static ModelCall From(ChatOptions? options)
    {
        var said = options?.AdditionalProperties ?? [];
        return new ModelCall(
            said.GetValueOrDefault(ModelCallKeys.Task) as Guid?,
            said.GetValueOrDefault(ModelCallKeys.Organisation) as string ?? throw Missing(ModelCallKeys.Organisation),
            said.GetValueOrDefault(ModelCallKeys.User) as string ?? throw Missing(ModelCallKeys.User),
            said.GetValueOrDefault(ModelCallKeys.Turn) as int?,
            said.GetValueOrDefault(ModelCallKeys.Phase) as string ?? throw Missing(ModelCallKeys.Phase));
    }

    /// <summary>Writes this call's members into <paramref name="options"/> and returns them.</summary>
    public ChatOptions PutInto(ChatOptions options)
    {
        var said = options.AdditionalProperties ??= [];
        said[ModelCallKeys.Task] = TaskId;
        said[ModelCallKeys.Organisation] = Organisation;
        said[ModelCallKeys.User] = User;
        said[ModelCallKeys.Turn] = Turn;
        said[ModelCallKeys.Phase] = Phase;
        return options;
    }

    private static ArgumentException Missing(string key) => new($"A model call must carry '{key}' in its options' AdditionalProperties.");
}
