namespace Navi.SimulatedProviders.Scenarios;

/// <summary>Why an answer ends.</summary>
public enum Finish
{
    /// <summary>After the calls, or the text.</summary>
    Natural,

    /// <summary>The limit of tokens was reached.</summary>
    Length,

    /// <summary>The model refuses; its text is the refusal.</summary>
    Refusal,

    /// <summary>The provider's filter stopped the answer.</summary>
    ContentFilter,
}
