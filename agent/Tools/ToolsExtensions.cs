using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Navi.Agent.Projects;
using Navi.Agent.Tools.Code;
using Navi.Agent.Tools.Data;
using Navi.Agent.Tools.Files;
using Navi.Agent.Tools.Git;
using Navi.Agent.Tools.People;
using Navi.Agent.Tools.Project;
using Navi.Agent.Tools.Quality;
using Navi.Agent.Tools.Refactor;
using Navi.Agent.Tools.Run;

namespace Navi.Agent.Tools;

/// <summary>Registration of the tools.</summary>
public static class ToolsExtensions
{
    private static readonly Type[] Tools =
    [
        typeof(ListDirectoryTool), typeof(ReadFileTool), typeof(ReadFilesTool), typeof(FileInfoTool), typeof(FindFilesTool), typeof(SearchTextTool),
        typeof(WriteFileTool), typeof(EditFileTool), typeof(ApplyPatchTool), typeof(MoveFileTool), typeof(DeleteFileTool),
        typeof(RenameIdentifierTool), typeof(ReplaceTextTool),
        typeof(OutlineFileTool), typeof(ListSymbolsTool), typeof(FindDefinitionTool), typeof(FindReferencesTool), typeof(DependencyGraphTool),
        typeof(DetectProjectTool), typeof(CodeMetricsTool), typeof(ListTodosTool), typeof(SurveyRepositoryTool),
        typeof(GitStatusTool), typeof(GitDiffTool), typeof(GitLogTool), typeof(GitShowTool), typeof(GitBlameTool), typeof(GitListBranchesTool), typeof(GitCompareTool),
        typeof(GitRestoreStepTool),
        typeof(RunCommandTool), typeof(RunBuildTool), typeof(RunTestsTool), typeof(RunLinterTool), typeof(RunFormatterTool), typeof(ParseTestReportTool), typeof(ParseCoverageTool),
        typeof(ReadJsonPathTool), typeof(ValidateYamlTool), typeof(ScanSecretsTool), typeof(CheckLinksTool),
        typeof(AskPersonTool), typeof(FinishTaskTool),
    ];

    /// <summary>Adds every tool, the registry that lists them and the runner. Needs the workspace and the sandbox.</summary>
    public static IServiceCollection AddTools(this IServiceCollection services)
    {
        services.TryAddSingleton<Ripgrep>();
        services.TryAddSingleton<TestRunner>();
        foreach (var tool in Tools)
            services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(ITool), tool));
        services.TryAddSingleton<ToolRegistry>();
        services.TryAddSingleton<ToolRunner>();
        return services;
    }
}
