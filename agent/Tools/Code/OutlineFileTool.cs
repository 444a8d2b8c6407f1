using System.ComponentModel;
using System.Globalization;
using System.Text;
using Navi.Agent.Code;
using Navi.Agent.Effects;
using Navi.Agent.Projects;

namespace Navi.Agent.Tools.Code;

internal sealed class OutlineFileTool : Tool<OutlineFileTool.Arguments>
{
    private const int Most = 2_000;

    public override string Name => "outline_file";

    public override string Description => "Lists what a source file defines, with the lines of each definition, without its bodies. Cheaper than reading the file.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override async Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var path = context.Paths.Relative(arguments.Path);
        var text = context.ReadText(arguments.Path).Text;
        IReadOnlyList<CodeSymbol>? symbols;
        try
        {
            symbols = await DeepStack.RunAsync(() => SymbolReader.Read(path, text), cancellationToken);
        }
        catch (UnreadableCodeException e)
        {
            return ToolResult.Error($"path: '{BoundedText.Brief(path)}' {e.Message} to be outlined; read it in parts with read_file.");
        }

        if (symbols is null)
            return ToolResult.Error($"path: '{BoundedText.Brief(path)}' is {LanguageTable.Of(path)}; outlines are made of {string.Join(", ", SymbolReader.Languages)}. Use read_file.");
        var result = new StringBuilder();
        result.AppendLine(CultureInfo.InvariantCulture, $"{path}, {TextFile.Lines(text).Length} lines");
        var around = new Stack<CodeSymbol>();
        foreach (var symbol in symbols.Take(Most))
        {
            while (around.TryPeek(out var holder) && !Holds(holder, symbol))
                around.Pop();
            result.Append(CultureInfo.InvariantCulture, $"{symbol.Line}-{symbol.EndLine} ").Append(' ', 2 * around.Count).AppendLine(symbol.Signature);
            around.Push(symbol);
        }

        if (symbols.Count > Most)
            result.AppendLine(CultureInfo.InvariantCulture, $"[{symbols.Count - Most} more]");
        if (symbols.Count == 0)
            result.AppendLine("It defines nothing.");
        return ToolResult.Ok(result.ToString(), ToolText.Json(symbols.Take(Most)));
    }

    // Of a container's name with dots only those parts count that the file itself defines.
    private static bool Holds(CodeSymbol holder, CodeSymbol symbol) =>
        symbol.Container is { } container && holder.EndLine >= symbol.EndLine && (container == holder.FullName || container.StartsWith(holder.FullName + ".", StringComparison.Ordinal));

    internal sealed record Arguments([Description("Source file, relative to the workspace.")] string Path);
}
