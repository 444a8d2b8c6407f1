using Navi.Platform.Tasks;

namespace Navi.Agent.Models.Options;

/// <summary>One model. Configuration section <c>Navi:Models:Entries:N</c>. Its key never appears in a message, a log or an answer.</summary>
public sealed class ModelEntry
{
    /// <summary>Name by which tasks, records and answers call it: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>. Required.</summary>
    public string Name { get; set; } = "";

    /// <summary>What speaks there: <c>azure_openai</c>, <c>openai</c>, <c>openai_compatible</c>, <c>anthropic</c>, <c>ollama</c> or <c>replay</c>. Required.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Address, such as <c>https://example.openai.azure.com</c>; https, or http on this machine. Required but for <c>openai</c> and <c>anthropic</c>, which have one.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The provider's name of the model; for Azure, of the deployment. Required.</summary>
    public string Model { get; set; } = "";

    /// <summary>Name under which the price is looked up, where <see cref="Model"/> is only a deployment's name. Default <see cref="Model"/>.</summary>
    public string? BaseModel { get; set; }

    /// <summary>
    /// The key. Required for <c>openai</c> and <c>anthropic</c>. <c>azure_openai</c> without one signs in to Entra with the process's identity (managed identity, workload identity,
    /// environment, az login); <c>openai_compatible</c> and <c>ollama</c> may do without.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// In place of <see cref="ApiKey"/>: name of a secret of the organisation that runs the installation (<c>navi secrets set NAME</c>), which lies encrypted in the database. A changed one is used within 15 seconds,
    /// without a restart. Needs <c>Navi:Telemetry:Organisation</c> outside the Local environment.
    /// </summary>
    public string? ApiKeySecret { get; set; }

    /// <summary>For <c>replay</c>: the file with the recorded conversation.</summary>
    public string? File { get; set; }

    /// <summary>Modes it serves beside <c>auto</c>: <c>fast</c>, <c>deep</c>, <c>private</c>. Default <c>fast</c> and <c>deep</c>. A private model is asked past any proxy.</summary>
    public IList<string> Modes { get; } = [];

    /// <summary>Tokens that it can read in one call. Default 128,000; from 1,024 to 10,000,000.</summary>
    public int ContextWindow { get; set; } = 128_000;

    /// <summary>Most tokens that it may write in one answer. Default 8,192; from 1 to <see cref="ContextWindow"/>.</summary>
    public int MaxOutputTokens { get; set; } = 8_192;

    /// <summary>Most time until an answer begins. Default 90 seconds; at most 10 minutes.</summary>
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>Most time between two parts of an answer. Default 45 seconds; at most 10 minutes.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Most time of a whole answer. Default 5 minutes; at most 30 minutes.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Most calls at once from this process; others wait their turn. Default 32, as many as the portable runtime has places for activities: a call that waits here holds one of them, and nothing else can use it.
    /// From 1 to 1,000.
    /// </summary>
    public int MaxConcurrency { get; set; } = 32;

    /// <summary>Prices that hold for this entry instead of the price file's. Default none.</summary>
    public ModelPriceOptions? Prices { get; set; }

    /// <summary>The same entry with a key.</summary>
    internal ModelEntry With(string key)
    {
        var entry = (ModelEntry)MemberwiseClone();
        (entry.ApiKey, entry.ApiKeySecret) = (key, null);
        return entry;
    }

    /// <summary>Whether it serves tasks of <paramref name="mode"/>.</summary>
    public bool Serves(string mode) => mode switch
    {
        TaskMode.Auto => true,
        TaskMode.Private => Modes.Contains(mode),
        _ => Modes.Contains(mode) || !Modes.Any(m => m is TaskMode.Fast or TaskMode.Deep),
    };
}
