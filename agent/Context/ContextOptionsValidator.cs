using Microsoft.Extensions.Options;

namespace Navi.Agent.Context;

/// <summary>What the ranges of single options can't say.</summary>
internal sealed class ContextOptionsValidator : IValidateOptions<ContextOptions>
{
    public ValidateOptionsResult Validate(string? name, ContextOptions options) => options.KeepShare < options.CompactAt
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"Navi:Context:KeepShare ({options.KeepShare}) must be below Navi:Context:CompactAt ({options.CompactAt}): a compaction would not make anything shorter.");
}
