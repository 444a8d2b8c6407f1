using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Navi.Agent.Effects;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Navi.Agent.Tools.Data;

internal sealed class ReadJsonPathTool : Tool<ReadJsonPathTool.Arguments>
{
    private const int LongestIndented = 10_000;
    private const int MostCharacters = 2_000_000;

    private static readonly JsonSelectSettings Settings = new() { RegexMatchTimeout = TimeSpan.FromMilliseconds(50) };

    public override string Name => "read_json_path";

    public override string Description => "Reads parts of a JSON file by a JSONPath such as $.dependencies.react or $..items[?(@.price > 10)].name, without showing the rest.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var text = context.ReadText(arguments.Path).Text;
        // Each looks at everything below everything that the one before it found.
        if (arguments.JsonPath.Split("..").Length > 3)
            return Error($"json_path: got '{BoundedText.Brief(arguments.JsonPath)}'; expected at most two '..'.");
        try
        {
            var root = Read(text);
            var found = root.SelectTokens(arguments.JsonPath, Settings).Take(arguments.MaxResults + 1).ToList();
            return Task.FromResult(Report(found, arguments));
        }
        catch (JsonReaderException e)
        {
            return Error($"path: '{BoundedText.Brief(arguments.Path)}' can't be read as JSON: line {e.LineNumber}, column {e.LinePosition}: {BoundedText.Brief(e.Message)}");
        }
        catch (RegexMatchTimeoutException)
        {
            return Error("json_path: its expression takes too long; write a simpler one.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            return Error($"json_path: got '{BoundedText.Brief(arguments.JsonPath)}'; expected a JSONPath such as $.name, $.items[0] or $..id: {BoundedText.Brief(e.Message)}");
        }
    }

    // Dates stay as they are written, and so do numbers that a decimal holds; others are read as doubles.
    private static JToken Read(string text)
    {
        try
        {
            return Read(text, FloatParseHandling.Decimal);
        }
        catch (JsonReaderException e) when (e.Message.Contains("decimal", StringComparison.OrdinalIgnoreCase))
        {
            return Read(text, FloatParseHandling.Double);
        }
    }

    private static JToken Read(string text, FloatParseHandling numbers)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = numbers };
        return JToken.ReadFrom(reader, new JsonLoadSettings { CommentHandling = CommentHandling.Ignore });
    }

    private static ToolResult Report(List<JToken> found, Arguments arguments)
    {
        if (found.Count == 0)
            return ToolResult.Ok($"Nothing in '{BoundedText.Brief(arguments.Path)}' is at {BoundedText.Brief(arguments.JsonPath)}.", "[]");
        var text = new StringBuilder();
        var values = new StringBuilder("[");
        foreach (var token in found.Take(arguments.MaxResults))
        {
            // With its line breaks a deep value is many times as long as its file.
            var compact = token.ToString(Formatting.None);
            values.Append(values.Length > 1 ? "," : "").Append(compact);
            if (values.Length > MostCharacters)
                return ToolResult.Error($"json_path: what is at {BoundedText.Brief(arguments.JsonPath)} has more than {MostCharacters} characters; ask for a part of it.");
            var shown = compact.Length <= LongestIndented ? token.ToString(Formatting.Indented) : compact;
            text.AppendLine(CultureInfo.InvariantCulture, $"${(token.Path.Length == 0 || token.Path[0] == '[' ? token.Path : "." + token.Path)}: {shown}");
        }

        if (found.Count > arguments.MaxResults)
            text.AppendLine("[more; narrow the path]");
        return ToolResult.Ok(text.ToString(), values.Append(']').ToString());
    }

    private static Task<ToolResult> Error(string text) => Task.FromResult(ToolResult.Error(text));

    internal sealed record Arguments(
        [Description("JSON file, relative to the workspace.")] string Path,
        [Description("JSONPath.")] string JsonPath,
        [Description("The most values to show."), Range(1, 1000)] int MaxResults = 50);
}
