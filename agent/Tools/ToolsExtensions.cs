using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Navi.Agent.Projects;
using Navi.Agent.Tools.Files;
using Navi.Agent.Tools.Git;
using Navi.Agent.Tools.People;
using Navi.Agent.Tools.Project;
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
        typeof(DetectProjectTool), typeof(CodeMetricsTool), typeof(ListTodosTool), typeof(SurveyRepositoryTool),
        typeof(GitStatusTool), typeof(GitDiffTool), typeof(GitLogTool), typeof(GitShowTool),
        typeof(RunCommandTool), typeof(RunTestsTool), typeof(AskPersonTool), typeof(FinishTaskTool),
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
