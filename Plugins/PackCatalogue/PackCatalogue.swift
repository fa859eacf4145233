import Foundation
import PackagePlugin

/// Packs the YAML files of the catalogue into one literal of the binary.
@main struct PackCatalogue: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let output = context.pluginWorkDirectoryURL.appending(path: "Packed.swift")
        let files = FileManager.default.enumerator(at: target.directoryURL, includingPropertiesForKeys: nil)
        let inputs = (files?.compactMap { $0 as? URL } ?? [])
            .filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
        return [
            .buildCommand(
                displayName: "Packing \(inputs.count) catalogue files",
                executable: try context.tool(named: "pack-catalogue").url,
                arguments: [target.directoryURL.path, output.path], inputFiles: inputs, outputFiles: [output])
        ]
    }
}
