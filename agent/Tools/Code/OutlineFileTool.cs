using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Navi.Agent.Code;
using Navi.Agent.Effects;
using Navi.Agent.Projects;

namespace Navi.Agent.Tools.Code;

internal sealed class OutlineFileTool : Tool<OutlineFileTool.Arguments>
{
    public override string Name => "outline_file";

    public override string Description => "Lists what a source file defines, with the lines of each definition, without its bodies. Cheaper than reading the file.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var path = context.Paths.Relative(arguments.Path);
        var text = context.ReadText(arguments.Path).Text;
        IReadOnlyList<CodeSymbol>? symbols;
        try
        {
            symbols = SymbolReader.Read(path, text);
        }
        catch (RegexMatchTimeoutException)
        {
            return Task.FromResult(ToolResult.Error($"path: '{BoundedText.Brief(path)}' takes too long to outline; read it in parts with read_file."));
        }

        if (symbols is null)
            return Task.FromResult(ToolResult.Error(
                $"path: '{BoundedText.Brief(path)}' is {LanguageTable.Of(path)}; outlines are made of {string.Join(", ", SymbolReader.Languages)}. Use read_file."));
        var result = new StringBuilder();
        result.AppendLine(CultureInfo.InvariantCulture, $"{path}, {TextFile.Lines(text).Length} lines");
        foreach (var symbol in symbols)
            result.Append(CultureInfo.InvariantCulture, $"{symbol.Line}-{symbol.EndLine} ").Append(' ', 2 * Depth(symbol, symbols)).AppendLine(symbol.Signature);
        if (symbols.Count == 0)
            result.AppendLine("It defines nothing.");
        return Task.FromResult(ToolResult.Ok(result.ToString(), ToolText.Json(symbols)));
    }

    // Of a container's name with dots only those parts count that the file itself defines.
    private static int Depth(CodeSymbol symbol, IReadOnlyList<CodeSymbol> all) => symbol.Container is null ? 0
        : all.Count(s => s != symbol && (symbol.Container == s.FullName || symbol.Container.StartsWith(s.FullName + ".", StringComparison.Ordinal)) && s.Line <= symbol.Line && s.EndLine >= symbol.EndLine);

    internal sealed record Arguments([Description("Source file, relative to the workspace.")] string Path);
}
