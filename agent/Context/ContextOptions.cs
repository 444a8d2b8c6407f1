using System.ComponentModel.DataAnnotations;

namespace Navi.Agent.Context;

/// <summary>What a model is shown, and how long it may go astray. Configuration section <c>Navi:Context</c>.</summary>
public sealed class ContextOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Context";

    /// <summary>Share of the model's context window at which the older part of a conversation is replaced by a summary. Default 0.8.</summary>
    [Range(0.3, 0.95, ErrorMessage = "Navi:Context:CompactAt must be from 0.3 to 0.95.")]
    public double CompactAt { get; set; } = 0.8;

    /// <summary>Share of the window that the newest turns may keep word for word after a compaction. Default 0.4; below <see cref="CompactAt"/>.</summary>
    [Range(0.1, 0.8, ErrorMessage = "Navi:Context:KeepShare must be from 0.1 to 0.8.")]
    public double KeepShare { get; set; } = 0.4;

    /// <summary>Context window, in tokens, of a model that tells none, such as one inside this process. Default 128,000.</summary>
    [Range(4_000, 10_000_000, ErrorMessage = "Navi:Context:DefaultWindow must be from 4000 to 10000000 tokens.")]
    public int DefaultWindow { get; set; } = 128_000;

    /// <summary>Most tokens of a summary's narrative, whoever writes it. Default 2,000.</summary>
    [Range(200, 20_000, ErrorMessage = "Navi:Context:SummaryTokens must be from 200 to 20000.")]
    public int SummaryTokens { get; set; } = 2_000;

    /// <summary>The task's model writes the narrative of a summary; without it, and whenever what it writes can't be used, NAVI extracts one. Default true.</summary>
    public bool ModelSummary { get; set; } = true;

    /// <summary>Most tools shown in one turn. Default 20.</summary>
    [Range(5, 128, ErrorMessage = "Navi:Context:MaxTools must be from 5 to 128.")]
    public int MaxTools { get; set; } = 20;

    /// <summary>Most tokens of the tools' names, descriptions and schemas in one turn. Default 4,000.</summary>
    [Range(1_000, 100_000, ErrorMessage = "Navi:Context:ToolTokens must be from 1000 to 100000.")]
    public int ToolTokens { get; set; } = 4_000;

    /// <summary>Factor on token counts for models that do not use the vocabulary o200k_base, until the provider's own counts calibrate it. Default 1.25.</summary>
    [Range(1.0, 3.0, ErrorMessage = "Navi:Context:SafetyFactor must be from 1 to 3.")]
    public double SafetyFactor { get; set; } = 1.25;

    /// <summary>Most answers in a row without a tool call. Default 4: three reminders, then the task ends as <c>failed</c>.</summary>
    [Range(1, 20, ErrorMessage = "Navi:Context:MaxSilentTurns must be from 1 to 20.")]
    public int MaxSilentTurns { get; set; } = 4;
}
