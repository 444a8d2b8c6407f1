using System.Globalization;

namespace Navi.Agent.Loop;

/// <summary>Ids of calls are ours, from turn and index: providers repeat or omit theirs.</summary>
internal static class CallIds
{
    /// <summary>Index of the model call itself.</summary>
    public const int ModelIndex = -1;

    /// <summary>The ledger's tool name of a model call.</summary>
    public const string ModelTool = "model";

    public static string Model(int turn) => string.Create(CultureInfo.InvariantCulture, $"{turn}-model");

    public static string Tool(int turn, int index) => string.Create(CultureInfo.InvariantCulture, $"{turn}-{index}");
}
