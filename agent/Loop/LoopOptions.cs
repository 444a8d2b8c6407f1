using System.ComponentModel.DataAnnotations;

namespace Navi.Agent.Loop;

/// <summary>Bounds of a task. Configuration section <c>Navi:Agent</c>.</summary>
public sealed class LoopOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Agent";

    /// <summary>
    /// Model provider of tasks that name none: <c>auto</c>, the name of an entry of <c>Navi:Models</c>, or <c>rules</c>, which needs no model. Default <c>auto</c>: the entries in their order, and
    /// <c>rules</c> where there are none.
    /// </summary>
    [Required]
    public string Provider { get; set; } = "auto";

    /// <summary>Most model turns of a task. Default 60.</summary>
    [Range(1, 1000, ErrorMessage = "Navi:Agent:MaxTurns must be from 1 to 1000.")]
    public int MaxTurns { get; set; } = 60;

    /// <summary>Most wall-clock time of a task, waiting included. Default two days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "90.00:00:00", ErrorMessage = "Navi:Agent:TimeLimit must be from 1 second to 90 days.")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromDays(2);

    /// <summary>Time after which an undecided checkpoint counts as denied. Default one day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00", ErrorMessage = "Navi:Agent:CheckpointLifetime must be from 1 second to 30 days.")]
    public TimeSpan CheckpointLifetime { get; set; } = TimeSpan.FromDays(1);
}
